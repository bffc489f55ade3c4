package io.bodybroker.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HistoryTest {
  @Property(tries = 200)
  void findsAPlaceAfterWhichThereAreEnoughAndNotMuchMore(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 1000) int first,
      @ForAll @IntRange(min = 0, max = 20_000) int length,
      @ForAll @IntRange(min = 1, max = 50) int oneIn) {
    var random = new Random(seed);
    var events = new TreeSet<Long>();
    long last = first + length - 1L;
    for (long i = first; i <= last; i++) {
      // They come in bursts, as events do.
      if (random.nextInt(oneIn) == 0 && (i / 3000) % 2 == 0) {
        events.add(i);
      }
    }
    var asked = new AtomicInteger();
    long after =
        History.begin(
            first,
            last,
            place -> {
              asked.incrementAndGet();
              return events.tailSet(place, false).size();
            });
    int found = events.tailSet(after, false).size();
    assertThat(found).isGreaterThanOrEqualTo(Math.min(events.size(), History.KEPT));
    assertThat(found).isLessThanOrEqualTo(4 * History.KEPT);
    assertThat(asked.get()).isLessThan(40);
  }

  @Test
  void asksOnceWhereThereAreFew() {
    var asked = new AtomicInteger();
    long after =
        History.begin(
            1,
            1_000_000,
            place -> {
              asked.incrementAndGet();
              return 3;
            });
    assertThat(after).isZero();
    assertThat(asked.get()).isEqualTo(1);
  }
}
