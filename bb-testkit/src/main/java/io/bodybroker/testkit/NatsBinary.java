package io.bodybroker.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds a nats-server to run. In this order: environment variable {@code NATS_SERVER_BIN}, system
 * property {@code nats.server.bin}, PATH, and {@code .bb/tools/nats-server} in the working
 * directory or one above it, where {@code ./bb} keeps the one it fetched. The first two are
 * commands: if they lead nowhere, nothing else is tried.
 */
final class NatsBinary {

  /**
   * Servers from 2.10.20 to 2.10.22 could forget a whole stream after a kill (nats-server#6888).
   */
  static final Version OLDEST = Version.parse("2.10.23");

  private static final Pattern VERSION = Pattern.compile("v?(\\d+\\.\\d+\\.\\d+)");
  private static final Map<Path, String> VERSIONS = new ConcurrentHashMap<>();

  private final Map<String, String> environment;
  private final @Nullable String property;
  private final Path workingDirectory;
  private final List<String> looked = new ArrayList<>();

  NatsBinary(Map<String, String> environment, @Nullable String property, Path workingDirectory) {
    this.environment = environment;
    this.property = property;
    this.workingDirectory = workingDirectory.toAbsolutePath();
  }

  static Path find() {
    return new NatsBinary(System.getenv(), System.getProperty("nats.server.bin"), Path.of(""))
        .path();
  }

  Path path() {
    String variable = environment.get("NATS_SERVER_BIN");
    if (variable != null && !variable.isBlank()) {
      return named("environment variable NATS_SERVER_BIN", variable);
    }
    if (property != null && !property.isBlank()) {
      return named("system property nats.server.bin", property);
    }
    looked.add("environment variable NATS_SERVER_BIN: not set");
    looked.add("system property nats.server.bin: not set");
    return onPath().or(this::inToolCache).orElseThrow(this::missing);
  }

  private Path named(String source, String file) {
    Optional<Path> program = Executables.at(file);
    if (program.isEmpty()) {
      looked.add(source + ": no program at " + file);
    }
    return program.filter(found -> isRecent(source, found)).orElseThrow(this::missing);
  }

  private Optional<Path> onPath() {
    Optional<Path> program = Executables.onPath(environment.get("PATH"), "nats-server");
    if (program.isEmpty()) {
      looked.add("PATH: no nats-server");
    }
    return program.filter(found -> isRecent("PATH", found));
  }

  private Optional<Path> inToolCache() {
    for (Path at = workingDirectory; at != null; at = at.getParent()) {
      Path program = at.resolve(".bb/tools/nats-server");
      if (Executables.isExecutable(program) && isRecent("tool cache", program)) {
        return Optional.of(program);
      }
    }
    looked.add(".bb/tools/nats-server: not in " + workingDirectory + " or above");
    return Optional.empty();
  }

  private boolean isRecent(String source, Path program) {
    String output = VERSIONS.computeIfAbsent(program, NatsBinary::versionOutput);
    Matcher version = VERSION.matcher(output);
    if (version.find() && Version.parse(version.group(1)).compareTo(OLDEST) >= 0) {
      return true;
    }
    looked.add(source + ": " + program + " says \"" + output + "\"");
    return false;
  }

  private static String versionOutput(Path program) {
    try {
      Process run =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      run.getOutputStream().close();
      return new String(run.getInputStream().readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private ServerException missing() {
    return new ServerException(
        "no nats-server "
            + OLDEST
            + " or newer found. Install one and put it on PATH or name it in NATS_SERVER_BIN; in this"
            + " project ./bb test fetches one. Looked at:\n  "
            + String.join("\n  ", looked));
  }
}
