package io.bodybroker.sdk.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.v1.Rules;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of one field. */
final class FieldRules {
  private final FieldDescriptor field;
  private final Rules rules;
  private final @Nullable Pattern pattern;

  FieldRules(FieldDescriptor field, Rules rules) {
    this.field = field;
    this.rules = rules;
    this.pattern = rules.getPattern().isEmpty() ? null : Pattern.compile(rules.getPattern());
    requireFits("min/max", rules.hasMin() || rules.hasMax(), isNumber());
    requireFits("min_length/max_length", rules.hasMinLength() || rules.hasMaxLength(), isText());
    requireFits("pattern", pattern != null, field.getJavaType() == JavaType.STRING);
    requireFits("max_items", rules.hasMaxItems(), field.isRepeated());
  }

  private void requireFits(String rule, boolean declared, boolean fits) {
    if (declared && !fits) {
      throw new IllegalArgumentException(
          "rule %s does not fit field %s of type %s"
              .formatted(rule, field.getFullName(), field.getType()));
    }
  }

  private boolean isNumber() {
    return switch (field.getJavaType()) {
      case INT, LONG, FLOAT, DOUBLE -> true;
      case BOOLEAN, STRING, BYTE_STRING, ENUM, MESSAGE -> false;
    };
  }

  private boolean isText() {
    return field.getJavaType() == JavaType.STRING || field.getJavaType() == JavaType.BYTE_STRING;
  }

  void check(Message message, String path, List<FieldViolation> violations) {
    if (field.isRepeated()) {
      checkRepeated(message, path, violations);
      return;
    }
    Object value = message.getField(field);
    if (rules.getRequired() && isAbsent(message, value)) {
      violations.add(new FieldViolation(path, "", expectedWhenRequired()));
    } else if (!field.hasPresence() || message.hasField(field)) {
      checkValue(value, path, violations);
    }
  }

  private void checkRepeated(Message message, String path, List<FieldViolation> violations) {
    int count = message.getRepeatedFieldCount(field);
    if (rules.getRequired() && count == 0) {
      violations.add(new FieldViolation(path, "", "at least one entry"));
    }
    if (rules.hasMaxItems() && count > rules.getMaxItems()) {
      violations.add(
          new FieldViolation(
              path, count + " entries", "at most " + rules.getMaxItems() + " entries"));
      return;
    }
    for (int i = 0; i < count && violations.size() < RequestRules.ENOUGH_VIOLATIONS; i++) {
      checkValue(message.getRepeatedField(field, i), path + "[" + i + "]", violations);
    }
  }

  private boolean isAbsent(Message message, Object value) {
    return switch (field.getJavaType()) {
      case MESSAGE -> !message.hasField(field);
      case STRING -> ((String) value).isEmpty();
      case BYTE_STRING -> ((ByteString) value).isEmpty();
      case ENUM -> ((EnumValueDescriptor) value).getNumber() == 0;
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN -> field.hasPresence() && !message.hasField(field);
    };
  }

  private void checkValue(Object value, String path, List<FieldViolation> violations) {
    switch (value) {
      case String text -> checkText(text, path, violations);
      case ByteString bytes -> checkLength(bytes.size(), "bytes", path, bytes, violations);
      case Number number -> checkNumber(number, path, violations);
      case EnumValueDescriptor constant -> checkEnum(constant, path, violations);
      default -> {
        // Booleans and messages have no rule but to be there.
      }
    }
  }

  private void checkText(String text, String path, List<FieldViolation> violations) {
    if (text.isEmpty()) {
      return;
    }
    checkLength(text.codePointCount(0, text.length()), "characters", path, text, violations);
    if (pattern != null && !pattern.matcher(text).matches()) {
      violations.add(new FieldViolation(path, shown(quoted(text)), expectedPattern()));
    }
  }

  private void checkLength(
      int length, String unit, String path, Object value, List<FieldViolation> violations) {
    boolean tooShort = rules.hasMinLength() && length > 0 && length < rules.getMinLength();
    boolean tooLong = rules.hasMaxLength() && length > rules.getMaxLength();
    if (tooShort || tooLong) {
      String shown = value instanceof String text ? quoted(text) : length + " " + unit;
      violations.add(
          new FieldViolation(
              path,
              shown(shown),
              range(
                      rules.hasMinLength(),
                      rules.getMinLength(),
                      rules.hasMaxLength(),
                      rules.getMaxLength())
                  + " "
                  + unit));
    }
  }

  private void checkNumber(Number number, String path, List<FieldViolation> violations) {
    double value = number.doubleValue();
    boolean isOutside =
        Double.isNaN(value)
            || (rules.hasMin() && value < rules.getMin())
            || (rules.hasMax() && value > rules.getMax());
    if (isOutside && (rules.hasMin() || rules.hasMax())) {
      String expected = range(rules.hasMin(), rules.getMin(), rules.hasMax(), rules.getMax());
      violations.add(new FieldViolation(path, shown(number.toString()), expected));
    }
  }

  /** A number no constant has is never meant: it is a newer client's word, or rubbish. */
  private void checkEnum(EnumValueDescriptor value, String path, List<FieldViolation> violations) {
    if (value.getIndex() < 0) {
      violations.add(new FieldViolation(path, String.valueOf(value.getNumber()), enumNames()));
    }
  }

  private String expectedWhenRequired() {
    return switch (field.getJavaType()) {
      case ENUM -> enumNames();
      case STRING -> pattern == null ? "a text" : expectedPattern();
      case BYTE_STRING -> "bytes";
      case MESSAGE -> "a " + field.getMessageType().getName();
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN -> "a value";
    };
  }

  private String enumNames() {
    return "one of "
        + field.getEnumType().getValues().stream()
            .filter(value -> value.getNumber() != 0)
            .map(EnumValueDescriptor::getName)
            .toList();
  }

  private String expectedPattern() {
    return rules.getPatternText().isEmpty()
        ? "a text matching " + rules.getPattern()
        : rules.getPatternText();
  }

  private static String range(boolean hasMin, Number min, boolean hasMax, Number max) {
    if (hasMin && hasMax) {
      return plain(min) + " to " + plain(max);
    }
    return hasMin ? "at least " + plain(min) : "at most " + plain(max);
  }

  /** {@code 12} rather than {@code 12.0}, and never {@code 1.0E9}. */
  private static String plain(Number number) {
    var decimal = BigDecimal.valueOf(number.doubleValue()).stripTrailingZeros();
    return decimal.toPlainString();
  }

  /** What a field holds that {@code debug_redact} makes a secret is nobody's business. */
  private String shown(String value) {
    return Redaction.isSecret(field) ? Redaction.NOT_SHOWN : value;
  }

  private static String quoted(String text) {
    return '"' + TextFormat.escapeDoubleQuotesAndBackslashes(text) + '"';
  }
}
