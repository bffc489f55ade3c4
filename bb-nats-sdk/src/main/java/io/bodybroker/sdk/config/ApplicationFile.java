package io.bodybroker.sdk.config;

import static io.helidon.config.ConfigSources.classpath;
import static io.helidon.config.ConfigSources.file;

import io.helidon.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code application.yaml}, in the working directory and on the class path; the former wins. */
final class ApplicationFile {
  private static final String NAME = "application.yaml";

  private ApplicationFile() {}

  /** All keys and their texts. */
  static Map<String, String> keys() {
    // In production there is none, and to find that out Helidon Config takes a sixth of the start.
    return exists() ? read() : Map.of();
  }

  private static boolean exists() {
    return Files.exists(Path.of(NAME))
        || Thread.currentThread().getContextClassLoader().getResource(NAME) != null;
  }

  private static Map<String, String> read() {
    return Config.builder()
        .addSource(file(NAME).optional())
        .addSource(classpath(NAME).optional())
        .disableEnvironmentVariablesSource()
        .disableSystemPropertiesSource()
        .build()
        .asMap()
        .orElse(Map.of());
  }
}
