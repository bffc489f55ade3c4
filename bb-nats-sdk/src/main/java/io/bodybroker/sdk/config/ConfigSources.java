package io.bodybroker.sdk.config;

import static io.helidon.config.ConfigSources.classpath;
import static io.helidon.config.ConfigSources.file;

import io.helidon.config.Config;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where settings come from: {@code application.yaml} on the class path, then in the working
 * directory, then the environment. The later ones win.
 *
 * <p>A file may hold an application's own keys under names of its own; under ours, an unknown key
 * is a mistake. The environment holds anything, so there only what is nearly one of our names is
 * one.
 */
final class ConfigSources {
  private static final int NEAR = 2;

  private final Map<String, Setting<?>> byKey =
      Settings.all().stream().collect(Collectors.toMap(Setting::key, setting -> setting));
  private final Map<String, Setting<?>> byVariable =
      Settings.all().stream().collect(Collectors.toMap(Setting::variable, setting -> setting));
  private final Map<Setting<?>, Given> given = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * A setting's text and the name it was given under.
   *
   * @param name the key in a file, or the environment variable
   * @param text its value
   */
  record Given(String name, String text) {}

  /** Reads the files through Helidon Config. */
  ConfigSources addFiles() {
    var config =
        Config.builder()
            .addSource(file("application.yaml").optional())
            .addSource(classpath("application.yaml").optional())
            .disableEnvironmentVariablesSource()
            .disableSystemPropertiesSource()
            .build();
    return addKeys(config.asMap().orElse(Map.of()));
  }

  ConfigSources addKeys(Map<String, String> keys) {
    keys.forEach((key, text) -> {
      Setting<?> setting = byKey.get(key);
      if (setting != null) {
        given.put(setting, new Given(key, text));
      } else if (isOurs(key)) {
        problems.add(unknown(key, Spelling.nearest(key, byKey.keySet(), Integer.MAX_VALUE)));
      }
    });
    return this;
  }

  ConfigSources addEnvironment(Map<String, String> environment) {
    environment.forEach((variable, text) -> {
      Setting<?> setting = byVariable.get(variable);
      if (setting != null) {
        given.put(setting, new Given(variable, text));
      } else {
        Spelling.nearest(variable, byVariable.keySet(), NEAR)
            .ifPresent(near -> problems.add(unknown(variable, Optional.of(near))));
      }
    });
    return this;
  }

  private boolean isOurs(String key) {
    String area = key.substring(0, key.indexOf('.') + 1);
    return !area.isEmpty() && byKey.keySet().stream().anyMatch(known -> known.startsWith(area));
  }

  private static String unknown(String name, Optional<String> near) {
    return name + ": unknown" + near.map(known -> " (did you mean " + known + "?)").orElse("");
  }

  /**
   * @throws ConfigException naming every problem at once
   */
  BusConfig build() {
    return BusConfig.of(given, problems);
  }
}
