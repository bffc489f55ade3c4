package io.bodybroker.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/**
 * Finds a redis-server to run. In this order: environment variable {@code REDIS_SERVER_BIN} (if
 * that leads nowhere, nothing else is tried), PATH, and the one inside the embedded-redis library,
 * unpacked into the server's directory.
 */
final class RedisBinary {

  private final Map<String, String> environment;

  RedisBinary(Map<String, String> environment) {
    this.environment = environment;
  }

  Path path(Path directory) throws IOException {
    String variable = environment.get("REDIS_SERVER_BIN");
    if (variable != null && !variable.isBlank()) {
      return Executables.at(variable)
          .orElseThrow(() ->
              new ServerException(
                  "environment variable REDIS_SERVER_BIN: no program at " + variable));
    }
    Optional<Path> installed = Executables.onPath(environment.get("PATH"), "redis-server");
    return installed.isPresent() ? installed.get() : embedded(directory);
  }

  private static Path embedded(Path directory) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("bin"));
    try {
      return ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
    } catch (RuntimeException e) {
      throw new ServerException(
          "no redis-server: REDIS_SERVER_BIN is not set, none on PATH, and the embedded one does not"
              + " fit this machine. Install redis-server 6.2 or newer.",
          e);
    }
  }
}
