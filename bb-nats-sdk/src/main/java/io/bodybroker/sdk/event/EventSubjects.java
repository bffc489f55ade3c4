package io.bodybroker.sdk.event;

import com.google.protobuf.Descriptors.Descriptor;
import io.bodybroker.sdk.v1.ContractProto;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Which subject an event is published on, as its contract declares. Thread-safe. */
final class EventSubjects {
  private static final Pattern EVENT = Pattern.compile("evt(\\.[a-z0-9_-]+){2,}\\.v[1-9][0-9]*");
  private static final Pattern FREE = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private final Map<Descriptor, String> known = new ConcurrentHashMap<>();

  String of(Descriptor type) {
    return known.computeIfAbsent(type, EventSubjects::declared);
  }

  private static String declared(Descriptor type) {
    String subject = type.getOptions().getExtension(ContractProto.event).getSubject();
    if (!EVENT.matcher(subject).matches()) {
      throw new IllegalArgumentException(
          "%s declares the event subject \"%s\" (expected: evt.{area}.{what}.v{N})"
              .formatted(type.getFullName(), subject));
    }
    return subject;
  }

  static String requireFree(String subject) {
    if (!FREE.matcher(subject).matches() || subject.startsWith("svc.")) {
      throw new IllegalArgumentException(
          "subject: \"%s\" (expected: dot-separated tokens of letters, digits, '-' and '_', not under svc.)"
              .formatted(subject));
    }
    return subject;
  }
}
