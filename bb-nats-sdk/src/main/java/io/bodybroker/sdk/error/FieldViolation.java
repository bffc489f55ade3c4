package io.bodybroker.sdk.error;

import java.util.Objects;

/**
 * One refused field of a request.
 *
 * @param field the path of protobuf field names from the request message, for example {@code
 *     target_time.month}
 * @param value what came, as text; shortened to {@value #MAX_VALUE_LENGTH} characters
 * @param expected what would be right, for example {@code 1 to 12}
 */
public record FieldViolation(String field, String value, String expected) {
  /**
   * Longest {@link #value()} that is kept; a client's whole document does not belong into an error.
   */
  public static final int MAX_VALUE_LENGTH = 100;

  /** Shortens {@code value}. */
  public FieldViolation {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(expected, "expected");
    if (value.length() > MAX_VALUE_LENGTH) {
      value = value.substring(0, MAX_VALUE_LENGTH - 1) + "…";
    }
  }

  /** The violation as one clause: {@code month: 13 (expected: 1 to 12)}. */
  public String describe() {
    return field + ": " + (value.isEmpty() ? "empty" : value) + " (expected: " + expected + ")";
  }
}
