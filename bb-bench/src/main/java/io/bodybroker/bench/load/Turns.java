package io.bodybroker.bench.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Rounds in which each of several is measured in turn, so that what else the machine does meets all
 * alike. Every other round goes in the other order, so that nobody is always behind the same.
 *
 * @param thrownAway rounds before those that count
 * @param rounds those that count
 */
public record Turns(int thrownAway, int rounds) {
  /** Measures one of them once. */
  public interface Turn<T, R, E extends Exception> {
    /** Returns what was measured. */
    R take(T one) throws E;
  }

  /** The first round does not count: it finds on the disk, or not compiled, what others do not. */
  public static Turns of(int rounds) {
    return new Turns(1, rounds);
  }

  /**
   * Measures.
   *
   * @param all different ones, in the order of the first round
   * @return what was measured of each in the rounds that count, in the order of {@code all}
   */
  public <T, R, E extends Exception> SequencedMap<T, List<R>> take(
      Collection<T> all, Turn<T, R, E> turn) throws E {
    var measured = new LinkedHashMap<T, List<R>>();
    all.forEach(one -> measured.put(one, new ArrayList<>()));
    for (int round = 0; round < thrownAway + rounds; round++) {
      var order = round % 2 == 0 ? measured : measured.reversed();
      for (var each : order.entrySet()) {
        R result = turn.take(each.getKey());
        if (round >= thrownAway) {
          each.getValue().add(result);
        }
      }
    }
    return measured;
  }
}
