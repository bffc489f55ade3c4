package io.bodybroker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(30);

  @Test
  void returnsAsSoonAsTheConditionHolds() {
    // @start region="example"
    var arrived = new CountDownLatch(1);
    Thread.startVirtualThread(arrived::countDown);

    Await.until(Duration.ofSeconds(5), "the arrival", () -> arrived.getCount() == 0);
    // @end
    assertThat(arrived.getCount()).isZero();
  }

  @Test
  void looksOnceEvenWithoutTime() {
    Await.until(Duration.ZERO, "what holds already", () -> true);
  }

  @Test
  void returnsTheFirstValueThatIsAsWanted() {
    var counter = new AtomicInteger();

    assertThat(Await.untilSeen(LONG, "three looks", counter::incrementAndGet, n -> n >= 3))
        .isEqualTo(3);
  }

  @Test
  void saysWhatItWaitedForAndWhatItSawInstead() {
    assertThatThrownBy(
            () -> Await.untilSeen(SHORT, "a full house", () -> "2 of 5", "5 of 5"::equals))
        .isInstanceOf(AssertionError.class)
        .hasMessage("waited 0.03 s in vain for: a full house; last seen: 2 of 5");
  }

  @Test
  void takesAFailingLookForNotYetAndNamesTheLastOne() {
    var looks = new AtomicInteger();

    Await.untilAsserted(LONG, "two looks", () -> assertThat(looks.incrementAndGet()).isEqualTo(2));

    assertThatThrownBy(() -> Await.until(SHORT, "luck", () -> Integer.parseInt("x") > 0))
        .hasMessageContaining("NumberFormatException")
        .hasCauseInstanceOf(NumberFormatException.class);
  }

  @Test
  void endsOnInterruptAndKeepsIt() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Await.until(LONG, "what never comes", () -> false))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("what never comes");
    assertThat(Thread.interrupted()).isTrue();
  }
}
