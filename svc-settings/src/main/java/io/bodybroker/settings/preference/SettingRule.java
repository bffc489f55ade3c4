package io.bodybroker.settings.preference;

import io.bodybroker.settings.v1.Definition;
import io.bodybroker.settings.v1.KeyBindings;
import io.bodybroker.settings.v1.SettingScope;
import io.bodybroker.settings.v1.SettingValue;
import io.bodybroker.settings.v1.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One setting: its key, whose it is, and what it may be.
 *
 * @param key its category and name
 * @param scope whose it is
 * @param defaultValue what it is until it is set; says its type as well
 * @param range the numbers it can be, if it is one
 * @param allowed the texts or numbers it can be; empty for any within its range
 */
public record SettingRule(
    String key,
    SettingScope scope,
    SettingValue defaultValue,
    Optional<Range> range,
    List<String> allowed) {
  private static final int MAX_BINDINGS = 100;
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,40}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  /** The least and the greatest number, both allowed. */
  public record Range(double min, double max) {
    boolean contains(double number) {
      return number >= min && number <= max;
    }

    @Override
    public String toString() {
      return plain(min) + " to " + plain(max);
    }

    private static String plain(double number) {
      return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
  }

  /** Copies what is allowed. */
  public SettingRule {
    allowed = List.copyOf(allowed);
  }

  static SettingRule flag(String key, boolean defaultValue) {
    return of(key, SettingValue.newBuilder().setBoolValue(defaultValue), null, List.of());
  }

  static SettingRule whole(String key, int defaultValue, int min, int max) {
    return of(
        key, SettingValue.newBuilder().setIntValue(defaultValue), new Range(min, max), List.of());
  }

  static SettingRule oneOf(String key, int defaultValue, List<Integer> allowed) {
    return of(
        key,
        SettingValue.newBuilder().setIntValue(defaultValue),
        null,
        allowed.stream().map(String::valueOf).toList());
  }

  static SettingRule number(String key, double defaultValue, double min, double max) {
    return of(
        key,
        SettingValue.newBuilder().setDoubleValue(defaultValue),
        new Range(min, max),
        List.of());
  }

  static SettingRule choice(String key, String defaultValue, List<String> allowed) {
    return of(key, SettingValue.newBuilder().setTextValue(defaultValue), null, allowed);
  }

  static SettingRule name(String key, String defaultValue) {
    return choice(key, defaultValue, List.of());
  }

  static SettingRule bindings(String key) {
    return of(
        key,
        SettingValue.newBuilder().setBindingsValue(KeyBindings.getDefaultInstance()),
        null,
        List.of());
  }

  private static SettingRule of(
      String key, SettingValue.Builder defaultValue, @Nullable Range range, List<String> allowed) {
    return new SettingRule(
        key, SettingScope.PLAYER, defaultValue.build(), Optional.ofNullable(range), allowed);
  }

  SettingRule ofGame() {
    return new SettingRule(key, SettingScope.GAME, defaultValue, range, allowed);
  }

  /** Whether a name is its key or its category. */
  boolean is(String name) {
    return key.equals(name) || key.startsWith(name + ".");
  }

  /** Whether a value is one it can have. */
  boolean admits(SettingValue value) {
    if (value.getKindCase() != defaultValue.getKindCase()) {
      return false;
    }
    return switch (value.getKindCase()) {
      case BOOL_VALUE -> true;
      case INT_VALUE -> admitsNumber(value.getIntValue());
      case DOUBLE_VALUE -> admitsNumber(value.getDoubleValue());
      case TEXT_VALUE ->
          allowed.isEmpty()
              ? NAME.matcher(value.getTextValue()).matches()
              : allowed.contains(value.getTextValue());
      case BINDINGS_VALUE -> admitsBindings(value.getBindingsValue());
      case KIND_NOT_SET -> false;
    };
  }

  private boolean admitsNumber(int number) {
    return allowed.isEmpty()
        ? admitsNumber((double) number)
        : allowed.contains(Integer.toString(number));
  }

  private boolean admitsNumber(double number) {
    return range.map(one -> one.contains(number)).orElse(true);
  }

  private static boolean admitsBindings(KeyBindings bindings) {
    return bindings.getKeysCount() <= MAX_BINDINGS
        && bindings.getKeysMap().entrySet().stream()
            .allMatch(entry ->
                WORD.matcher(entry.getKey()).matches() && WORD.matcher(entry.getValue()).matches());
  }

  /** What a value must be, for an error. */
  String expected() {
    return switch (type()) {
      case BOOL -> "a bool_value";
      case INT -> "an int_value, " + numbers();
      case DOUBLE -> "a double_value, " + numbers();
      case TEXT ->
          "a text_value, "
              + (allowed.isEmpty() ? "1 to 32 letters, digits, '-' and '_'" : "one of " + allowed);
      case BINDINGS ->
          "a bindings_value of at most "
              + MAX_BINDINGS
              + ", each 1 to 40 letters, digits, '.', '-' and '_'";
      case VALUE_TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException(key + " has no type");
    };
  }

  private String numbers() {
    return range.map(Range::toString).orElseGet(() -> "one of " + allowed);
  }

  private ValueType type() {
    return switch (defaultValue.getKindCase()) {
      case BOOL_VALUE -> ValueType.BOOL;
      case INT_VALUE -> ValueType.INT;
      case DOUBLE_VALUE -> ValueType.DOUBLE;
      case TEXT_VALUE -> ValueType.TEXT;
      case BINDINGS_VALUE -> ValueType.BINDINGS;
      case KIND_NOT_SET -> ValueType.VALUE_TYPE_UNSPECIFIED;
    };
  }

  /** As clients see it. */
  public Definition definition() {
    var definition =
        Definition.newBuilder()
            .setKey(key)
            .setScope(scope)
            .setType(type())
            .setDefaultValue(defaultValue)
            .addAllAllowed(allowed);
    range.ifPresent(one -> definition.setMin(one.min()).setMax(one.max()));
    return definition.build();
  }
}
