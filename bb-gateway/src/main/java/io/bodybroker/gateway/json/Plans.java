package io.bodybroker.gateway.json;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The plans of all message types that were met. Thread-safe. */
final class Plans {
  private final Map<Descriptor, MessagePlan> types = new ConcurrentHashMap<>();

  MessagePlan of(Descriptor type) {
    MessagePlan known = types.get(type);
    return known == null
        ? types.computeIfAbsent(type, absent -> new MessagePlan(absent, this))
        : known;
  }
}
