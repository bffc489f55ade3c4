package io.bodybroker.protoc.compatibility;

import static io.bodybroker.protoc.compatibility.Broken.HTTP_CLIENTS;
import static io.bodybroker.protoc.compatibility.Broken.JAVA_CODE;
import static io.bodybroker.protoc.compatibility.Broken.PAYLOADS;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.GeneratorNames;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An enum: each name keeps its number. To reserve both does not help as it does for fields, because
 * a reader does not skip a value it does not know: JSON cannot name it, and rules refuse it.
 */
final class EnumComparison {
  private final Changes changes;

  EnumComparison(Changes changes) {
    this.changes = changes;
  }

  void compare(EnumDescriptor was, @Nullable EnumDescriptor is, Map<String, Descriptor> now) {
    if (is == null) {
      if (was.getContainingType() == null
          || now.containsKey(was.getContainingType().getFullName())) {
        changes.add(
            was,
            "was removed or renamed",
            "it stays, deprecated, until nobody needs it",
            PAYLOADS,
            HTTP_CLIENTS,
            JAVA_CODE);
      }
      return;
    }
    for (EnumValueDescriptor value : was.getValues()) {
      compareValue(value, is);
    }
    if (was.isClosed() != is.isClosed()) {
      changes.add(
          is,
          is.isClosed() ? "is closed, was open" : "is open, was closed",
          "as it was: a closed enum loses numbers it does not know",
          PAYLOADS,
          JAVA_CODE);
    }
    compareClass(was, is);
  }

  private void compareValue(EnumValueDescriptor was, EnumDescriptor type) {
    EnumValueDescriptor is = type.findValueByName(was.getName());
    if (is != null) {
      if (is.getNumber() != was.getNumber()) {
        changes.add(
            is,
            "has number %d, had %d".formatted(is.getNumber(), was.getNumber()),
            "number " + was.getNumber(),
            PAYLOADS,
            JAVA_CODE);
      }
      return;
    }
    Optional<EnumValueDescriptor> renamed =
        type.getValues().stream().filter(value -> value.getNumber() == was.getNumber()).findFirst();
    if (renamed.isPresent()) {
      changes.add(
          renamed.get(),
          "is another name than " + was.getName() + " for the same number",
          "the name stays; a second one needs allow_alias",
          HTTP_CLIENTS,
          JAVA_CODE);
    } else {
      changes.add(
          was,
          "was removed",
          "it stays, deprecated: whoever still sends it is refused",
          PAYLOADS,
          HTTP_CLIENTS,
          JAVA_CODE);
    }
  }

  private void compareClass(EnumDescriptor was, EnumDescriptor is) {
    String before = GeneratorNames.getQualifiedClassName(was);
    String now = GeneratorNames.getQualifiedClassName(is);
    if (!was.getFile().getName().equals(is.getFile().getName()) && !before.equals(now)) {
      changes.add(is, "is class %s, was %s".formatted(now, before), "class " + before, JAVA_CODE);
    }
  }
}
