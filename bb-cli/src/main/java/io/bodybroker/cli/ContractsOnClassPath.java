package io.bodybroker.cli;

import com.google.api.AnnotationsProto;
import com.google.api.HttpProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.bodybroker.protoc.compatibility.ContractSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;

/**
 * All that travels or is stored: contracts, what services keep for themselves and what the SDK
 * adds, as the builds of their modules left them in the jars.
 */
final class ContractsOnClassPath {
  private static final String RESOURCE = "META-INF/bodybroker/contracts.binpb";
  private static final String OWN = "bodybroker/";

  private ContractsOnClassPath() {}

  static ContractSet find() {
    return ContractSet.of(descriptors(), name -> name.startsWith(OWN));
  }

  /** With lines and comments, and with the routes they import. */
  static FileDescriptorSet descriptors() {
    var all =
        FileDescriptorSet.newBuilder()
            .addFile(AnnotationsProto.getDescriptor().toProto())
            .addFile(HttpProto.getDescriptor().toProto());
    try {
      var loader = ContractsOnClassPath.class.getClassLoader();
      for (var resource : Collections.list(loader.getResources(RESOURCE))) {
        try (var in = resource.openStream()) {
          all.mergeFrom(in);
        }
      }
      return all.build();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
