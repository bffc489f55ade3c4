package io.bodybroker.gateway.transcoding;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.bodybroker.gateway.json.FieldText;
import io.bodybroker.sdk.error.FieldViolation;

/** What is said about fields that path and query fill wrongly. */
final class Violations {
  private Violations() {}

  static FieldViolation wrongType(FieldPath field, String text) {
    return new FieldViolation(field.name(), shown(field, text), FieldText.expected(field.leaf()));
  }

  static FieldViolation unlikePath(FieldPath field, Object inBody, String inPath) {
    return new FieldViolation(
        field.name(),
        shown(field, String.valueOf(inBody)),
        shown(field, inPath) + " as in the path, or nothing");
  }

  static FieldViolation rival(FieldDescriptor given, FieldPath inPath) {
    return new FieldViolation(given.getName(), "set", excludedBy(inPath.name()));
  }

  static String excludedBy(String rival) {
    return "nothing, as " + rival + " excludes it";
  }

  /** What came, but for a field that is a secret by its contract ({@code debug_redact}). */
  private static String shown(FieldPath field, String text) {
    return isSecret(field) ? FieldText.NOT_SHOWN : quoted(text);
  }

  static boolean isSecret(FieldPath field) {
    return field.leaf().getOptions().getDebugRedact();
  }

  static String quoted(String text) {
    return '"' + text + '"';
  }
}
