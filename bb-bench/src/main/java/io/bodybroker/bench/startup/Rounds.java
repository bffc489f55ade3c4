package io.bodybroker.bench.startup;

import io.bodybroker.bench.load.Turns;
import io.bodybroker.bench.run.Setup;
import io.bodybroker.testkit.DirectoryTree;
import io.bodybroker.testkit.NatsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts the contenders in turns, and measures each in every round. */
final class Rounds {
  private Rounds() {}

  /** What is measured. */
  interface Measurement<T> {
    /** Measures a process that has just been started, and that is killed afterwards. */
    T of(RunningService service, Requests requests) throws IOException, InterruptedException;
  }

  /**
   * Measures. A round in which a service does not start or answer is told, and the others go on; a
   * variant without any other is left out.
   *
   * @param benchmark what it is for
   * @param rounds those that count
   */
  static <T> Figures<T> run(
      String benchmark, Settings settings, int rounds, Setup setup, Measurement<T> measurement)
      throws IOException, InterruptedException {
    var scratch = Files.createTempDirectory("bb-bench-");
    try (var cores = Cores.divide();
        var nats = NatsServer.builder().jetStream(false).start();
        var requests = new Requests(nats.url())) {
      var notes = new ArrayList<String>();
      notes.add(cores.toString());
      notes.add(Contenders.flags());
      var prefix = cores.ofTheService();
      setup.say("the contenders are built, and trained");
      var variants = Contenders.prepare(settings, scratch, prefix, nats.url(), notes::add);
      var measured =
          Turns.of(rounds)
              .take(
                  variants,
                  variant -> {
                    setup.say(benchmark + ": " + variant);
                    try (var service = RunningService.start(variant, prefix, nats.url())) {
                      return Optional.of(measurement.of(service, requests));
                    } catch (IOException e) {
                      notes.add("failed: %s: %s".formatted(variant, e.getMessage()));
                      return Optional.<T>empty();
                    }
                  });
      return new Figures<>(benchmark, succeeded(measured, notes), notes);
    } finally {
      DirectoryTree.delete(scratch);
    }
  }

  private static <T> List<Measured<T>> succeeded(
      Map<Variant, List<Optional<T>>> measured, List<String> notes) {
    var results = new ArrayList<Measured<T>>();
    measured.forEach((variant, rounds) -> {
      var succeeded = rounds.stream().flatMap(Optional::stream).toList();
      if (succeeded.isEmpty()) {
        notes.add("not measured: %s. No round that counts succeeded".formatted(variant));
      } else {
        results.add(new Measured<>(variant, succeeded));
      }
    });
    return results;
  }
}
