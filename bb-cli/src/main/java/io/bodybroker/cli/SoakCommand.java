package io.bodybroker.cli;

import io.bodybroker.cli.soak.Soak;
import io.bodybroker.cli.soak.SoakOptions;
import io.bodybroker.cli.soak.Soaking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code bb soak <name>...}: a system of its own under load and faults, its ledger, and whether
 * what it promises was kept. Several share one system, one after the other.
 */
final class SoakCommand {
  private static final int USUAL_RATE = 100;
  private static final int USUAL_BURST = 16;

  private SoakCommand() {}

  static void run(List<String> words) {
    var arguments =
        Arguments.parse(
            words,
            Set.of(),
            Set.of("--duration", "--rate", "--burst", "--seed", "--json", "--logs"));
    List<Soak> soaks = arguments.words().stream().map(SoakCommand::soak).toList();
    if (soaks.isEmpty()) {
      throw CommandException.usage(
          "usage: bb soak <name>... [--duration 60s] [--rate N] [--burst N] [--seed N] [--json FILE]"
              + " [--logs DIRECTORY]; there are "
              + names());
    }
    var options = options(arguments);
    CommandLogging.toFile(options.logs().resolve("bb-soak.log"));
    List<Soaking.Result> results = run(soaks, options);
    arguments.text("--json").ifPresent(file -> write(Path.of(file), results));
    requireKept(results);
  }

  private static List<Soaking.Result> run(List<Soak> soaks, SoakOptions options) {
    try {
      return Soaking.run(soaks, options, System.out);
    } catch (IllegalStateException | AssertionError e) {
      throw CommandException.failed("the soak cannot go on: " + e.getMessage());
    }
  }

  private static SoakOptions options(Arguments arguments) {
    Optional<Duration> duration =
        arguments.text("--duration").map(given -> arguments.duration("--duration", Duration.ZERO));
    return new SoakOptions(
        duration,
        arguments.number("--rate", USUAL_RATE, 1, 10_000),
        arguments.number("--burst", USUAL_BURST, 2, 200),
        arguments.number(
            "--seed", (int) (System.nanoTime() & Short.MAX_VALUE), 0, Integer.MAX_VALUE),
        Path.of(arguments.text("--logs").orElse(".bb/soak")).toAbsolutePath());
  }

  private static Soak soak(String name) {
    return Soak.all().stream()
        .filter(soak -> soak.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            CommandException.usage(
                "unknown soak \"%s\" (expected: some of %s)".formatted(name, names())));
  }

  private static List<String> names() {
    return Soak.all().stream().map(Soak::name).toList();
  }

  private static void write(Path file, List<Soaking.Result> results) {
    String json =
        results.stream().map(Soaking.Result::json).collect(Collectors.joining(",\n", "[", "]\n"));
    try {
      Files.writeString(file, json);
    } catch (IOException e) {
      throw CommandException.failed("--json: cannot write " + file + ": " + e.getMessage());
    }
  }

  /** The exit status is what a pipeline looks at. */
  static void requireKept(List<Soaking.Result> results) {
    List<String> broken =
        results.stream().filter(result -> !result.isKept()).map(Soaking.Result::soak).toList();
    if (!broken.isEmpty()) {
      throw CommandException.failed("promises broken in soak " + broken);
    }
  }
}
