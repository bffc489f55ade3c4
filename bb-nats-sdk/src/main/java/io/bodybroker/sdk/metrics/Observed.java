package io.bodybroker.sdk.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/**
 * A number that is asked for when somebody looks. Several sources of one series add up, so none
 * takes another's place.
 */
final class Observed implements Series {
  private final List<DoubleSupplier> sources = new CopyOnWriteArrayList<>();

  void add(DoubleSupplier source) {
    sources.add(source);
  }

  double value() {
    return sources.stream().mapToDouble(DoubleSupplier::getAsDouble).sum();
  }
}
