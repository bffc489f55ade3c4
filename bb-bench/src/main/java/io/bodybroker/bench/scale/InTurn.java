package io.bodybroker.bench.scale;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All of them one after the other, again and again. Thread-safe.
 *
 * @param <T> what is called
 */
final class InTurn<T> {
  private final List<T> all;
  private final AtomicInteger turn = new AtomicInteger();

  InTurn(List<T> all) {
    this.all = all;
  }

  T next() {
    return all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
  }
}
