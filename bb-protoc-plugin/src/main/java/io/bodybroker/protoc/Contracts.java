package io.bodybroker.protoc;

import java.util.List;

/**
 * What a run generates from.
 *
 * @param services in the order of the request
 * @param classes the classes that protobuf-java generates beside ours
 */
record Contracts(List<ServiceModel> services, MessageClasses classes) {
  Contracts {
    services = List.copyOf(services);
  }
}
