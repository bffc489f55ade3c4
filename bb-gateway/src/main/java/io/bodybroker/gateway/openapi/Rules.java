package io.bodybroker.gateway.openapi;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import io.bodybroker.sdk.v1.ContractProto;
import java.math.BigDecimal;
import java.util.Map;

/** What {@code (bodybroker.sdk.v1.rules)} of a field says, in the words of JSON Schema. */
final class Rules {
  private final FieldDescriptor field;
  private final io.bodybroker.sdk.v1.Rules rules;

  Rules(FieldDescriptor field) {
    this.field = field;
    this.rules = field.getOptions().getExtension(ContractProto.rules);
  }

  /**
   * Whether a request without the field is refused: because it must be there, or because 0 is out
   * of its range.
   */
  boolean isRequired() {
    boolean isZeroOutside =
        (rules.hasMin() && rules.getMin() > 0) || (rules.hasMax() && rules.getMax() < 0);
    return rules.getRequired() || (isZeroOutside && !field.hasPresence() && !field.isRepeated());
  }

  /** Limits of one value. */
  void limitValue(Map<String, Object> schema) {
    boolean isNumber = !"string".equals(schema.get("type"));
    if (rules.hasMin() && isNumber) {
      schema.put("minimum", plain(rules.getMin()));
    }
    if (rules.hasMax() && isNumber) {
      schema.put("maximum", plain(rules.getMax()));
    }
    if (field.getJavaType() == JavaType.STRING) {
      limitText(schema);
    }
  }

  /** An empty text passes unless it is required. */
  private void limitText(Map<String, Object> schema) {
    if (rules.getRequired()) {
      schema.put("minLength", Math.max(1, rules.getMinLength()));
    }
    if (rules.hasMaxLength()) {
      schema.put("maxLength", rules.getMaxLength());
    }
    if (!rules.getPattern().isEmpty()) {
      schema.put("pattern", "^(?:" + rules.getPattern() + ")" + (rules.getRequired() ? "$" : "?$"));
    }
  }

  /** Limits of a list or map as a whole. */
  void limitCount(Map<String, Object> schema) {
    boolean isMap = field.isMapField();
    if (rules.getRequired()) {
      schema.put(isMap ? "minProperties" : "minItems", 1);
    }
    if (rules.hasMaxItems()) {
      schema.put(isMap ? "maxProperties" : "maxItems", rules.getMaxItems());
    }
  }

  /** What the schema cannot say: limits of numbers that travel as text. */
  String words() {
    boolean isText =
        switch (field.getType()) {
          case INT64, UINT64, SINT64, FIXED64, SFIXED64 -> true;
          default -> false;
        };
    if (!isText || !(rules.hasMin() || rules.hasMax())) {
      return "";
    }
    String min = rules.hasMin() ? "at least " + plain(rules.getMin()) : "";
    String max = rules.hasMax() ? "at most " + plain(rules.getMax()) : "";
    return min + (min.isEmpty() || max.isEmpty() ? "" : ", ") + max;
  }

  private static Number plain(double number) {
    var decimal = BigDecimal.valueOf(number).stripTrailingZeros();
    return decimal.scale() <= 0 ? decimal.toBigInteger() : decimal;
  }
}
