package io.bodybroker.protoc.compatibility;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What a field may hold, {@code (bodybroker.sdk.v1.rules)}: it may become more, not less. Whether
 * one pattern takes all that another took cannot be told, so each other pattern counts as less.
 */
final class RulesComparison {
  private final Changes changes;

  RulesComparison(Changes changes) {
    this.changes = changes;
  }

  void compare(FieldDescriptor was, FieldDescriptor is) {
    Optional<DeclaredOption> before = rules(was);
    Optional<DeclaredOption> now = rules(is);
    if (now.isEmpty()) {
      return;
    }
    requireNothingNew(is, before, now.get());
    for (String limit : List.of("min", "max", "min_length", "max_length", "max_items")) {
      compareLimit(is, limit, before, now.get());
    }
    comparePattern(is, before, now.get());
    if (before.isEmpty() && is.getJavaType() == JavaType.ENUM) {
      tightened(is, "has rules, and so refuses numbers that the enum does not name", "no rules");
    }
  }

  /** Whether a request that does not have the field is refused. */
  boolean refusesAbsence(FieldDescriptor field) {
    Optional<DeclaredOption> rules = rules(field);
    if (rules.isEmpty()) {
      return false;
    }
    boolean isZeroOutside =
        (rules.get().has("min") && rules.get().number("min") > 0)
            || (rules.get().has("max") && rules.get().number("max") < 0);
    boolean isCheckedWhenAbsent = !field.hasPresence() && !field.isRepeated();
    return requiresValue(field, rules.get()) || (isCheckedWhenAbsent && isZeroOutside);
  }

  private void requireNothingNew(
      FieldDescriptor is, Optional<DeclaredOption> before, DeclaredOption now) {
    boolean wasRequired = before.map(rules -> rules.isTrue("required")).orElse(false);
    if (!wasRequired && requiresValue(is, now)) {
      tightened(is, "is required by its rules, was not", "not required");
    }
  }

  /** A number without presence is never absent, so the rule says nothing of it. */
  private static boolean requiresValue(FieldDescriptor field, DeclaredOption rules) {
    boolean canBeAbsent =
        switch (field.getJavaType()) {
          case STRING, BYTE_STRING, ENUM, MESSAGE -> true;
          case INT, LONG, FLOAT, DOUBLE, BOOLEAN -> field.hasPresence() || field.isRepeated();
        };
    return canBeAbsent && rules.isTrue("required");
  }

  private void compareLimit(
      FieldDescriptor is, String limit, Optional<DeclaredOption> before, DeclaredOption now) {
    if (!now.has(limit)) {
      return;
    }
    String value = plain(now.number(limit));
    if (before.isEmpty() || !before.get().has(limit)) {
      tightened(is, "has %s: %s, had none".formatted(limit, value), "no " + limit);
    } else if (isNarrower(limit, now.number(limit), before.get().number(limit))) {
      String old = plain(before.get().number(limit));
      tightened(
          is,
          "has %s: %s, had %s".formatted(limit, value, old),
          "%s: %s, or a wider range".formatted(limit, old));
    }
  }

  private static boolean isNarrower(String limit, double now, double before) {
    return limit.startsWith("min") ? now > before : now < before;
  }

  private void comparePattern(
      FieldDescriptor is, Optional<DeclaredOption> before, DeclaredOption now) {
    String pattern = now.text("pattern");
    String old = before.map(rules -> rules.text("pattern")).orElse("");
    if (!pattern.isEmpty() && !pattern.equals(old)) {
      tightened(
          is,
          "has pattern \"%s\", had %s".formatted(pattern, old.isEmpty() ? "none" : quoted(old)),
          old.isEmpty() ? "no pattern" : "pattern %s, or none".formatted(quoted(old)));
    }
  }

  private void tightened(FieldDescriptor field, String change, String expected) {
    changes.add(field, change, expected, Broken.VALID_REQUESTS);
  }

  private static Optional<DeclaredOption> rules(FieldDescriptor field) {
    return DeclaredOption.of(field, DeclaredOption.RULES);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String plain(double number) {
    return Double.isFinite(number)
        ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
        : String.valueOf(number);
  }
}
