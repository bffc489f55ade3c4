package io.bodybroker.sdk.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A value for each setting of a {@link SettingTable}. Immutable and thread-safe. */
public final class SettingValues {
  private final SettingTable table;
  private final Map<Setting<?>, Object> values;

  SettingValues(SettingTable table, Map<Setting<?>, Object> values) {
    this.table = table;
    this.values = Map.copyOf(values);
  }

  /**
   * The value of a setting.
   *
   * @throws IllegalArgumentException if it is not in the table
   */
  @SuppressWarnings("unchecked") // a setting's value comes from its own parser
  public <T> T get(Setting<T> setting) {
    Object value = values.get(setting);
    if (value == null) {
      throw new IllegalArgumentException(setting + ": not one of " + table.settings());
    }
    return (T) value;
  }

  /** Starts with these values. */
  public Builder toBuilder() {
    var given = new HashMap<Setting<?>, GivenText>();
    values.forEach(
        (setting, value) -> given.put(setting, new GivenText(setting.key(), text(value))));
    return new Builder(table, given);
  }

  private static String text(Object value) {
    return switch (value) {
      case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(","));
      case Optional<?> optional -> optional.map(String::valueOf).orElse("");
      default -> value.toString();
    };
  }

  /** The settings that differ from their defaults, without passwords. */
  @Override
  public String toString() {
    return table.settings().stream()
        .filter(setting -> !setting.parse(setting.standard()).equals(Optional.of(get(setting))))
        .map(setting -> setting.key() + "=" + Secrets.mask(text(get(setting))))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Collects values; they are checked by {@link #build()}. Not thread-safe. */
  public static final class Builder {
    private final SettingTable table;
    private final Map<Setting<?>, GivenText> given;
    private final List<String> problems = new ArrayList<>();

    Builder(SettingTable table, Map<Setting<?>, GivenText> given) {
      this.table = table;
      this.given = new HashMap<>(given);
    }

    /** Gives a setting a value. */
    public <T> Builder set(Setting<T> setting, T value) {
      return give(setting, setting.key(), text(value));
    }

    Builder give(Setting<?> setting, String name, String text) {
      given.put(setting, new GivenText(name, text));
      return this;
    }

    void refuse(String problem) {
      problems.add(problem);
    }

    /**
     * The values.
     *
     * @throws ConfigException naming every bad value and what would be right
     */
    public SettingValues build() {
      return table.read(given, problems);
    }
  }
}
