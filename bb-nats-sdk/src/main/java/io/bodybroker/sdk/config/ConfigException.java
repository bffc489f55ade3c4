package io.bodybroker.sdk.config;

import java.util.List;

/**
 * A configuration that cannot be used. Its message names every key at fault, its value and what
 * would be right.
 */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** One problem. */
  public ConfigException(String problem) {
    super("configuration: " + problem);
  }

  ConfigException(List<String> problems) {
    super(
        problems.size() == 1
            ? "configuration: " + problems.getFirst()
            : "configuration:\n  " + String.join("\n  ", problems));
  }
}
