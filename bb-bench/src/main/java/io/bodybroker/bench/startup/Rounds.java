package io.bodybroker.bench.startup;

import io.bodybroker.testkit.DirectoryTree;
import io.bodybroker.testkit.NatsServer;
import java.io.IOException;
import java.io.PrintStream;
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
  static <T, R> List<R> run(
      Settings settings,
      int rounds,
      PrintStream out,
      Measurement<T> measurement,
      Result<T, R> result)
      throws IOException, InterruptedException {
    var scratch = Files.createTempDirectory("bb-bench-");
    try (var cores = Cores.divide();
        var nats = NatsServer.builder().jetStream(false).start();
        var requests = new Requests(nats.url())) {
      out.println(cores);
      var prefix = cores.ofTheService();
      var variants = Contenders.prepare(settings, scratch, prefix, nats.url(), out);
      var measured = variants.stream().map(variant -> new ArrayList<T>()).toList();
      int[] failed = new int[variants.size()];
      for (int round = 0; round <= rounds; round++) {
        for (int i = 0; i < variants.size(); i++) {
          try (var service = RunningService.start(variants.get(i), prefix, nats.url())) {
            T one = measurement.of(service, requests);
            if (round > 0) {
              measured.get(i).add(one);
            }
          } catch (IOException e) {
            failed[i]++;
            out.printf("failed: %s: %s%n", variants.get(i), e.getMessage());
          }
        }
      }
      var results = new ArrayList<R>();
      for (int i = 0; i < variants.size(); i++) {
        if (measured.get(i).isEmpty()) {
          out.printf("not measured: %s. No round that counts succeeded%n", variants.get(i));
        } else {
          results.add(result.of(variants.get(i), measured.get(i), failed[i]));
        }
      }
      return results;
    } finally {
      DirectoryTree.delete(scratch);
    }
  }

  static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
