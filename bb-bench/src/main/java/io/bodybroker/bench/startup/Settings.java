package io.bodybroker.bench.startup;

import io.bodybroker.bench.run.Setup;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What is measured, and how long.
 *
 * @param project the directory of this project, built
 * @param isQuick whether only one way of each contender is measured, beside both of ours
 * @param startRounds rounds of a start that count, after one that does not
 * @param memoryRounds rounds of memory that count, after one that does not
 * @param idle how long a process is left alone before its memory is looked at
 * @param requests how many it then answers
 * @param rate requests a second
 */
public record Settings(
    Path project,
    boolean isQuick,
    int startRounds,
    int memoryRounds,
    Duration idle,
    int requests,
    int rate) {
  /** Of the project whose {@code bb} was called, which has its root as working directory. */
  static Settings of(Setup setup) {
    var project = Path.of("").toAbsolutePath();
    return setup.isQuick() ? quick(project) : full(project);
  }

  /** All ways, and enough rounds that the medians of two runs agree within some hundredths. */
  private static Settings full(Path project) {
    return new Settings(project, false, 9, 3, Duration.ofSeconds(5), 20_000, 2_000);
  }

  /** Each of both benchmarks in less than a minute, if the contenders are built. */
  private static Settings quick(Path project) {
    return new Settings(project, true, 3, 1, Duration.ofSeconds(1), 3_000, 2_000);
  }
}
