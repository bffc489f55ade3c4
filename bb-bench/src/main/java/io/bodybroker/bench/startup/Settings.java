package io.bodybroker.bench.startup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is measured, and how long.
 *
 * @param project the directory of this project, built
 * @param mavenArguments more arguments for Maven, where it builds the other contenders
 * @param isQuick whether only one way of each contender is measured, beside both of ours
 * @param startRounds rounds of a start that count, after one that does not
 * @param memoryRounds rounds of memory that count, after one that does not
 * @param idle how long a process is left alone before its memory is looked at
 * @param requests how many it then answers
 * @param rate requests a second
 */
public record Settings(
    Path project,
    List<String> mavenArguments,
    boolean isQuick,
    int startRounds,
    int memoryRounds,
    Duration idle,
    int requests,
    int rate) {
  /** Its list is copied. */
  public Settings {
    mavenArguments = List.copyOf(mavenArguments);
  }

  /** All ways, and enough rounds that the medians of two runs agree within some hundredths. */
  public static Settings full(Path project, List<String> mavenArguments) {
    return new Settings(
        project, mavenArguments, false, 11, 3, Duration.ofSeconds(5), 20_000, 2_000);
  }

  /** Each of both benchmarks in less than a minute, if the contenders are built. */
  public static Settings quick(Path project, List<String> mavenArguments) {
    return new Settings(project, mavenArguments, true, 3, 1, Duration.ofSeconds(2), 4_000, 2_000);
  }
}
