package io.bodybroker.protoc.compatibility;

import static io.bodybroker.protoc.compatibility.Broken.HTTP_CLIENTS;
import static io.bodybroker.protoc.compatibility.Broken.JAVA_CODE;
import static io.bodybroker.protoc.compatibility.Broken.PAYLOADS;
import static io.bodybroker.protoc.compatibility.Broken.SUBJECTS;
import static io.bodybroker.protoc.compatibility.Broken.VALID_REQUESTS;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.GeneratorNames;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message: its fields, the numbers and names it keeps free, and whether it is an event. */
final class MessageComparison {
  private final Changes changes;
  private final FieldComparison fields;

  MessageComparison(Changes changes) {
    this.changes = changes;
    this.fields = new FieldComparison(changes);
  }

  void compare(Descriptor was, @Nullable Descriptor is, Map<String, Descriptor> now) {
    if (is == null) {
      if (was.getContainingType() == null
          || now.containsKey(was.getContainingType().getFullName())) {
        changes.add(
            was,
            "was removed or renamed",
            "it stays, deprecated, until nobody needs it",
            PAYLOADS,
            JAVA_CODE);
      }
      return;
    }
    for (FieldDescriptor field : was.getFields()) {
      compareField(field, is);
    }
    for (FieldDescriptor field : is.getFields()) {
      if (was.findFieldByNumber(field.getNumber()) == null) {
        checkNew(field);
      }
    }
    compareReserved(was, is);
    compareEvent(was, is);
    compareClass(was, is);
  }

  private void compareField(FieldDescriptor was, Descriptor type) {
    FieldDescriptor is = type.findFieldByNumber(was.getNumber());
    if (is != null) {
      fields.compare(was, is);
      return;
    }
    FieldDescriptor moved = type.findFieldByName(was.getName());
    if (moved != null) {
      changes.add(
          moved,
          "has number %d, had %d".formatted(moved.getNumber(), was.getNumber()),
          "number " + was.getNumber(),
          PAYLOADS);
    } else if (!Reserved.in(type).has(was.getNumber()) || !Reserved.in(type).has(was.getName())) {
      changes.add(
          was,
          "was removed, and its number and name are not both reserved",
          "reserved %d; reserved \"%s\";".formatted(was.getNumber(), was.getName()),
          PAYLOADS,
          HTTP_CLIENTS,
          JAVA_CODE);
    }
  }

  /** Nobody has sent it so far, so its absence must be welcome. */
  private void checkNew(FieldDescriptor field) {
    if (field.isRequired()) {
      changes.add(
          field, "is new and required by protobuf", "an optional field", PAYLOADS, VALID_REQUESTS);
    } else if (new RulesComparison(changes).refusesAbsence(field)) {
      changes.add(
          field,
          "is new, and its rules refuse a request without it",
          "no rule required, and presence (optional) if there is a range without 0",
          VALID_REQUESTS);
    }
  }

  private void compareReserved(Descriptor was, Descriptor is) {
    var freed = Reserved.in(was).freedIn(Reserved.in(is));
    if (!freed.isEmpty()) {
      changes.add(
          is,
          "no longer reserves " + String.join(", ", freed),
          "what was reserved once stays so: old payloads have it",
          PAYLOADS);
    }
  }

  private void compareEvent(Descriptor was, Descriptor is) {
    String before = subject(was);
    String now = subject(is);
    if (!before.isEmpty() && !before.equals(now)) {
      changes.add(
          is,
          now.isEmpty()
              ? "is no event any more, was on " + before
              : "is on subject %s, was on %s".formatted(now, before),
          "subject %s; a new subject is a new message".formatted(before),
          SUBJECTS);
    }
  }

  private static String subject(Descriptor message) {
    return DeclaredOption.of(message, DeclaredOption.EVENT)
        .map(event -> event.text("subject"))
        .orElse("");
  }

  /** What a file says for all its classes is compared there. */
  private void compareClass(Descriptor was, Descriptor is) {
    String before = GeneratorNames.getQualifiedClassName(was);
    String now = GeneratorNames.getQualifiedClassName(is);
    if (!was.getFile().getName().equals(is.getFile().getName()) && !before.equals(now)) {
      changes.add(is, "is class %s, was %s".formatted(now, before), "class " + before, JAVA_CODE);
    }
  }
}
