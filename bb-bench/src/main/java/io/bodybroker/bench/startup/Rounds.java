package io.bodybroker.bench.startup;

import io.bodybroker.bench.run.Setup;
import io.bodybroker.testkit.DirectoryTree;
import io.bodybroker.testkit.NatsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the contenders in turns, round after round, and measures each. The first round does not
 * count, because it finds files on the disk that the others find in memory.
 */
final class Rounds {
  private Rounds() {}

  /** What is measured. */
  interface Measurement<T> {
    /** Measures a process that has just been started, and that is killed afterwards. */
    T of(RunningService service, Requests requests) throws IOException, InterruptedException;
  }

  /**
   * What was found.
   *
   * @param notes what else there is to say: what could not be measured, and why
   */
  record Found<R>(List<R> results, List<String> notes) {}

  /** Makes a result of what was measured. */
  interface Result<T, R> {
    /**
     * The result of one variant.
     *
     * @param rounds those that count
     * @param failed how many more failed
     */
    R of(Variant variant, List<T> rounds, int failed);
  }

  /**
   * Measures. A round in which a service does not start or answer is told and counted, and the
   * others go on; a variant without any other is left out.
   *
   * @param rounds those that count
   */
  static <T, R> Found<R> run(
      Settings settings, int rounds, Setup setup, Measurement<T> measurement, Result<T, R> result)
      throws IOException, InterruptedException {
    var scratch = Files.createTempDirectory("bb-bench-");
    try (var cores = Cores.divide();
        var nats = NatsServer.builder().jetStream(false).start();
        var requests = new Requests(nats.url())) {
      var notes = new ArrayList<String>();
      notes.add(cores.toString());
      var prefix = cores.ofTheService();
      setup.say("the contenders are built, and trained");
      var variants = Contenders.prepare(settings, scratch, prefix, nats.url(), notes::add);
      var measured = variants.stream().map(variant -> new ArrayList<T>()).toList();
      int[] failed = new int[variants.size()];
      for (int round = 0; round <= rounds; round++) {
        setup.say("round %d of %d".formatted(round, rounds));
        for (int i = 0; i < variants.size(); i++) {
          try (var service = RunningService.start(variants.get(i), prefix, nats.url())) {
            T one = measurement.of(service, requests);
            if (round > 0) {
              measured.get(i).add(one);
            }
          } catch (IOException e) {
            failed[i]++;
            notes.add("failed: %s: %s".formatted(variants.get(i), e.getMessage()));
          }
        }
      }
      var results = new ArrayList<R>();
      for (int i = 0; i < variants.size(); i++) {
        if (measured.get(i).isEmpty()) {
          notes.add("not measured: %s. No round that counts succeeded".formatted(variants.get(i)));
        } else {
          results.add(result.of(variants.get(i), measured.get(i), failed[i]));
        }
      }
      return new Found<>(results, notes);
    } finally {
      DirectoryTree.delete(scratch);
    }
  }
}
