package io.bodybroker.protoc.compatibility;

import static io.bodybroker.protoc.compatibility.Broken.HTTP_CLIENTS;
import static io.bodybroker.protoc.compatibility.Broken.JAVA_CODE;
import static io.bodybroker.protoc.compatibility.Broken.PAYLOADS;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.Locale;

/** Two versions of a field of one number. */
final class FieldComparison {
  private final Changes changes;
  private final RulesComparison rules;

  FieldComparison(Changes changes) {
    this.changes = changes;
    this.rules = new RulesComparison(changes);
  }

  void compare(FieldDescriptor was, FieldDescriptor is) {
    compareNames(was, is);
    if (!type(was).equals(type(is))) {
      changes.add(
          is,
          "is %s, was %s".formatted(type(is), type(was)),
          "a field of a new number beside this one",
          PAYLOADS,
          HTTP_CLIENTS,
          JAVA_CODE);
      return;
    }
    comparePresence(was, is);
    rules.compare(was, is);
  }

  private void compareNames(FieldDescriptor was, FieldDescriptor is) {
    if (!was.getName().equals(is.getName())) {
      changes.add(
          is,
          "is another name than " + was.getName() + " for the same number",
          "the name stays, or the field is removed and reserved, and a new one has a new number",
          HTTP_CLIENTS,
          JAVA_CODE);
    } else if (!was.getJsonName().equals(is.getJsonName())) {
      changes.add(
          is,
          "has JSON name \"%s\", had \"%s\"".formatted(is.getJsonName(), was.getJsonName()),
          "json_name = \"%s\"".formatted(was.getJsonName()),
          HTTP_CLIENTS);
    }
  }

  private void comparePresence(FieldDescriptor was, FieldDescriptor is) {
    if (!oneof(was).equals(oneof(is))) {
      changes.add(
          is,
          "is %s, was %s".formatted(inOneof(is), inOneof(was)),
          "a field of a new number where it shall be",
          PAYLOADS,
          JAVA_CODE);
    } else if (was.isRequired() != is.isRequired()) {
      changes.add(
          is,
          is.isRequired() ? "is required by protobuf, was not" : "was required by protobuf",
          "as it was: older readers and writers insist on it, or do not",
          PAYLOADS);
    } else if (was.hasPresence() != is.hasPresence()) {
      changes.add(
          is,
          is.hasPresence()
              ? "tells absent from default (optional), did not"
              : "does not tell absent from default any more, did (optional)",
          "as it was",
          HTTP_CLIENTS,
          JAVA_CODE);
    }
    String before = standard(was);
    if (!before.equals(standard(is))) {
      changes.add(
          is,
          "is %s if absent, was %s".formatted(standard(is), before),
          "default " + before,
          PAYLOADS);
    }
  }

  /** As a contract writes it: {@code repeated string}, {@code map<string, int32>}. */
  private static String type(FieldDescriptor field) {
    if (field.isMapField()) {
      var entry = field.getMessageType();
      return "map<%s, %s>"
          .formatted(type(entry.findFieldByNumber(1)), type(entry.findFieldByNumber(2)));
    }
    String name =
        switch (field.getType()) {
          case MESSAGE -> field.getMessageType().getFullName();
          case GROUP -> "group " + field.getMessageType().getFullName();
          case ENUM -> field.getEnumType().getFullName();
          default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
    return field.isRepeated() ? "repeated " + name : name;
  }

  private static String oneof(FieldDescriptor field) {
    OneofDescriptor oneof = field.getRealContainingOneof();
    return oneof == null ? "" : oneof.getName();
  }

  private static String inOneof(FieldDescriptor field) {
    String name = oneof(field);
    return name.isEmpty() ? "in no oneof" : "in oneof " + name;
  }

  private static String standard(FieldDescriptor field) {
    return field.isRepeated() || field.getJavaType() == JavaType.MESSAGE
        ? ""
        : field.getDefaultValue().toString();
  }
}
