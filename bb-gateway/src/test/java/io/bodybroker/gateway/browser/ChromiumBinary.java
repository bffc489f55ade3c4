package io.bodybroker.gateway.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds a Chromium or Chrome: the variable {@code CHROMIUM_BIN}, else by name on the path. */
final class ChromiumBinary {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

  private ChromiumBinary() {}

  static Path find() {
    String named = System.getenv("CHROMIUM_BIN");
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new AssertionError(
                "no Chromium found (looked at CHROMIUM_BIN, and PATH for "
                    + String.join(", ", NAMES)
                    + "); ./bb test fetches one, or install it: apt-get install chromium"));
  }
}
