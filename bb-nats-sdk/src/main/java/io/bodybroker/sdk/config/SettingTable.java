package io.bodybroker.sdk.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Settings that are read and checked together: from {@code application.yaml} on the class path,
 * then in the working directory, then from the environment. The later ones win.
 *
 * <p>A file may hold keys of others; in the areas of this table ({@code nats.…}), an unknown key is
 * a mistake. The environment holds anything, so there only what is nearly one of our names is one.
 *
 * <pre>{@code
 * static final SettingTable TABLE = SettingTable.of(PORT, GREETING);
 *
 * SettingValues values = TABLE.fromEnvironment();
 * int port = values.get(PORT);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class SettingTable {
  /** Two edits are a slip of the fingers; with three, words begin to be other words. */
  private static final int NEAR = 2;

  private final List<Setting<?>> settings;
  private final Map<String, Setting<?>> byKey;
  private final Map<String, Setting<?>> byVariable;

  private SettingTable(List<Setting<?>> settings) {
    this.settings = settings;
    this.byKey = settings.stream().collect(Collectors.toMap(Setting::key, setting -> setting));
    this.byVariable =
        settings.stream().collect(Collectors.toMap(Setting::variable, setting -> setting));
  }

  /**
   * A table of these.
   *
   * @throws IllegalStateException if two have one name
   */
  public static SettingTable of(Setting<?>... settings) {
    return new SettingTable(List.of(settings));
  }

  /** All of them, in the order they were given. */
  public List<Setting<?>> settings() {
    return settings;
  }

  /** Starts with the defaults, whatever the environment says. */
  public SettingValues.Builder builder() {
    return new SettingValues.Builder(this, Map.of());
  }

  /**
   * What files and environment say.
   *
   * @throws ConfigException naming every unknown key and every bad value, and what would be right
   */
  public SettingValues fromEnvironment() {
    return from(ApplicationFile.keys(), System.getenv());
  }

  /**
   * What these say; for programs that get their settings elsewhere.
   *
   * @param keys as a file has them
   * @param environment as the environment has them; these win
   * @throws ConfigException naming every unknown key and every bad value, and what would be right
   */
  public SettingValues from(Map<String, String> keys, Map<String, String> environment) {
    var builder = builder();
    keys.forEach((key, text) -> addKey(builder, key, text));
    environment.forEach((variable, text) -> addVariable(builder, variable, text));
    return builder.build();
  }

  private void addKey(SettingValues.Builder builder, String key, String text) {
    Setting<?> setting = byKey.get(key);
    if (setting != null) {
      builder.give(setting, key, text);
    } else if (settings.stream().anyMatch(known -> key.startsWith(known.area()))) {
      builder.refuse(unknown(key, Spelling.nearest(key, byKey.keySet(), Integer.MAX_VALUE)));
    }
  }

  private void addVariable(SettingValues.Builder builder, String variable, String text) {
    Setting<?> setting = byVariable.get(variable);
    if (setting != null) {
      builder.give(setting, variable, text);
    } else {
      // Kubernetes sets NATS_PORT where there is a service "nats", and that is near to NATS_CERT.
      int near = variable.endsWith("_PORT") ? 1 : NEAR;
      Spelling.nearest(variable, byVariable.keySet(), near)
          .ifPresent(known -> builder.refuse(unknown(variable, Optional.of(known))));
    }
  }

  private static String unknown(String name, Optional<String> near) {
    return name + ": unknown" + near.map(known -> " (did you mean " + known + "?)").orElse("");
  }

  /**
   * Reads texts, each with the name it was given under.
   *
   * @param problems those known already
   */
  SettingValues read(Map<Setting<?>, GivenText> given, List<String> problems) {
    var values = new HashMap<Setting<?>, Object>();
    var found = new java.util.ArrayList<>(problems);
    for (Setting<?> setting : settings) {
      GivenText text =
          given.getOrDefault(setting, new GivenText(setting.key(), setting.standard()));
      Optional<?> value = setting.parse(text.text());
      if (value.isEmpty()) {
        found.add(setting.refusal(text.name(), text.text()));
      } else {
        values.put(setting, value.get());
      }
    }
    if (!found.isEmpty()) {
      throw new ConfigException(found);
    }
    return new SettingValues(this, values);
  }
}
