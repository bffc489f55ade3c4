package io.bodybroker.bench.startup;

import io.bodybroker.bench.report.Stat;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of one variant.
 *
 * @param rounds those that count and did not fail, at least one
 */
record Measured<T>(Variant variant, List<T> rounds) {
  Stat stat(ToDoubleFunction<T> figure) {
    return new Stat(rounds.stream().map(figure::applyAsDouble).toList());
  }
}
