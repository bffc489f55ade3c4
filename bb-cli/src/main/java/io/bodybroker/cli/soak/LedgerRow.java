package io.bodybroker.cli.soak;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Some calls summed up.
 *
 * @param name which calls
 * @param sent how many were sent
 * @param answered how many were answered well
 * @param failed how many failed, by code
 * @param p50 half of the answers took no longer; zero without answers
 * @param p99 99 of 100 answers took no longer
 */
record LedgerRow(
    String name, long sent, long answered, Map<String, Long> failed, Duration p50, Duration p99) {
  LedgerRow {
    failed = Map.copyOf(failed);
  }

  /** Sums up. */
  static LedgerRow of(String name, long sent, List<Call> ended) {
    var times = ended.stream().filter(Call::isAnswered).map(Call::took).sorted().toList();
    var failed =
        ended.stream()
            .filter(call -> !call.isAnswered())
            .collect(Collectors.groupingBy(Call::code, Collectors.counting()));
    return new LedgerRow(
        name, sent, times.size(), failed, percentile(times, 50), percentile(times, 99));
  }

  private static Duration percentile(List<Duration> sorted, int percent) {
    return sorted.isEmpty() ? Duration.ZERO : sorted.get((sorted.size() - 1) * percent / 100);
  }

  long failures() {
    return failed.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The failures by code, in one order. */
  Map<String, Long> byCode() {
    return new TreeMap<>(failed);
  }
}
