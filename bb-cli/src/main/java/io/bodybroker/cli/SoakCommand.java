package io.bodybroker.cli;

import io.bodybroker.cli.proof.Account;
import io.bodybroker.cli.proof.Proof;
import io.bodybroker.cli.proof.ProofOptions;
import io.bodybroker.cli.soak.Soak;
import io.bodybroker.cli.soak.SoakOptions;
import io.bodybroker.cli.soak.Soaking;
import io.bodybroker.cli.soak.Soaking.Result;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code bb soak <name>...}: a system of its own under load and faults, its ledger, and whether
 * what it promises was kept. Several soaks share one system, one after the other; each proof has
 * servers of its own.
 */
final class SoakCommand {
  private static final int USUAL_RATE = 100;
  private static final int USUAL_BURST = 16;
  private static final int USUAL_EVENTS = 100_000;
  private static final int USUAL_EVENT_RATE = 1000;
  private static final int USUAL_ROUNDS = 1000;
  private static final int USUAL_LETTERS = 10_000;
  private static final int USUAL_OPERATIONS = 10_000;
  private static final int USUAL_KILLS = 10;
  private static final int MOST = 10_000_000;

  private final Arguments arguments;
  private final int seed;
  private final Path logs;

  private SoakCommand(Arguments arguments) {
    this.arguments = arguments;
    this.seed =
        arguments.number(
            "--seed", (int) (System.nanoTime() & Short.MAX_VALUE), 0, Integer.MAX_VALUE);
    this.logs = Path.of(arguments.text("--logs").orElse(".bb/soak")).toAbsolutePath();
  }

  static void run(List<String> words) {
    var arguments =
        Arguments.parse(
            words,
            Set.of(),
            Set.of(
                "--duration",
                "--rate",
                "--burst",
                "--events",
                "--rounds",
                "--letters",
                "--operations",
                "--kills",
                "--seed",
                "--json",
                "--logs"));
    List<String> unknown =
        arguments.words().stream().filter(word -> !names().contains(word)).toList();
    if (!unknown.isEmpty()) {
      throw CommandException.usage(
          "unknown soak \"%s\" (expected: some of %s)".formatted(unknown.getFirst(), names()));
    }
    if (arguments.words().isEmpty()) {
      throw CommandException.usage(
          "usage: bb soak <name>... [--duration 60s] [--rate N] [--burst N] [--events N]"
              + " [--rounds N] [--letters N] [--operations N] [--kills N] [--seed N] [--json FILE]"
              + " [--logs DIRECTORY]; there are "
              + names());
    }
    new SoakCommand(arguments).run();
  }

  private void run() {
    SoakOptions soakOptions = soakOptions();
    ProofOptions proofOptions = proofOptions();
    CommandLogging.toFile(logs.resolve("bb-soak.log"));
    var results = new ArrayList<Result>();
    try {
      List<Soak> soaks = Soak.all().stream().filter(soak -> isWanted(soak.name())).toList();
      if (!soaks.isEmpty()) {
        results.addAll(Soaking.run(inOrder(soaks), soakOptions, System.out));
      }
      for (Proof proof : Proof.all()) {
        if (isWanted(proof.name())) {
          results.add(run(proof, proofOptions, System.out));
        }
      }
    } catch (IllegalStateException | AssertionError e) {
      throw CommandException.failed("the soak cannot go on: " + e.getMessage());
    }
    arguments.text("--json").ifPresent(file -> write(Path.of(file), results));
    requireKept(results);
  }

  private boolean isWanted(String name) {
    return arguments.words().contains(name);
  }

  private List<Soak> inOrder(List<Soak> soaks) {
    return arguments.words().stream()
        .flatMap(word -> soaks.stream().filter(soak -> soak.name().equals(word)))
        .toList();
  }

  private static Result run(Proof proof, ProofOptions options, PrintStream out) {
    out.printf(
        "%nsoak %s: %s%nseed %d, logs in %s%n%n",
        proof.name(), proof.promise(), options.seed(), options.logs());
    Account account = proof.run(options, out);
    account.print(out);
    return new Result(proof.name(), account.isKept(), account.json());
  }

  private SoakOptions soakOptions() {
    Optional<Duration> duration =
        arguments.text("--duration").map(given -> arguments.duration("--duration", Duration.ZERO));
    return new SoakOptions(
        duration,
        arguments.number("--rate", USUAL_RATE, 1, 10_000),
        arguments.number("--burst", USUAL_BURST, 2, 200),
        seed,
        logs);
  }

  private ProofOptions proofOptions() {
    return new ProofOptions(
        arguments.number("--events", USUAL_EVENTS, 1, MOST),
        arguments.number("--rounds", USUAL_ROUNDS, 1, MOST),
        arguments.number("--letters", USUAL_LETTERS, 1, MOST),
        arguments.number("--operations", USUAL_OPERATIONS, 20, MOST),
        arguments.number("--kills", USUAL_KILLS, 0, 1000),
        arguments.number("--rate", USUAL_EVENT_RATE, 1, 10_000),
        seed,
        logs);
  }

  private static List<String> names() {
    return Stream.concat(Soak.all().stream().map(Soak::name), Proof.all().stream().map(Proof::name))
        .toList();
  }

  private static void write(Path file, List<Result> results) {
    String json = results.stream().map(Result::json).collect(Collectors.joining(",\n", "[", "]\n"));
    try {
      Files.writeString(file, json);
    } catch (IOException e) {
      throw CommandException.failed("--json: cannot write " + file + ": " + e.getMessage());
    }
  }

  /** The exit status is what a pipeline looks at. */
  static void requireKept(List<Result> results) {
    List<String> broken =
        results.stream().filter(result -> !result.isKept()).map(Result::soak).toList();
    if (!broken.isEmpty()) {
      throw CommandException.failed("promises broken in soak " + broken);
    }
  }
}
