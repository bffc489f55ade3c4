package io.bodybroker.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final Ledger ledger = new Ledger(new Timeline());

  @Test
  void countsWhatWasSentAnsweredAndFailedByCode() {
    ledger.make(new Traffic("a", number -> {}), 1);
    ledger.make(new Traffic("a", LedgerTest::fail), 2);
    ledger.make(new Traffic("b", LedgerTest::fail), 3);

    assertThat(ledger.byTraffic()).extracting(LedgerRow::name).containsExactly("a", "b");
    assertThat(ledger.total().sent()).isEqualTo(3);
    assertThat(ledger.total().answered()).isEqualTo(1);
    assertThat(ledger.total().failed()).isEqualTo(Map.of("UNAVAILABLE", 2L));
    assertThat(ledger.failures("b"::equals)).hasSize(1);
    assertThat(seconds().mapToLong(LedgerRow::answered).sum()).isEqualTo(1);
    assertThat(seconds().mapToLong(LedgerRow::failures).sum()).isEqualTo(2);
  }

  private java.util.stream.Stream<LedgerRow> seconds() {
    return IntStream.range(0, ledger.seconds()).mapToObj(ledger::second);
  }

  private static void fail(long number) throws CallFailure {
    throw new CallFailure("UNAVAILABLE");
  }

  @Test
  void countsAMistakeOfTheSoakItselfAsAFailure() {
    ledger.make(
        new Traffic(
            "a",
            number -> {
              throw new IllegalStateException("mistake");
            }),
        1);

    assertThat(ledger.total().failed()).isEqualTo(Map.of("IllegalStateException", 1L));
  }

  @Test
  void knowsTheCallsThatHaveNotEnded() throws Exception {
    var end = new CountDownLatch(1);
    var caller =
        Thread.ofVirtual()
            .start(() ->
                ledger.make(
                    new Traffic(
                        "a", number -> Await.until(BOUND, "the end", () -> end.getCount() == 0)),
                    1));
    Await.until(BOUND, "a call under way", () -> ledger.underWay() == 1);
    assertThat(ledger.total().sent()).isEqualTo(1);
    assertThat(ledger.total().answered()).isZero();

    end.countDown();
    caller.join();
    assertThat(ledger.underWay()).isZero();
    assertThat(ledger.total().answered()).isEqualTo(1);
  }

  @Test
  void isCalmOnceCallsOfEachKindWereAnsweredAndNoneFailedForAWhile() {
    var kinds = List.of("a", "b");
    var lately = Duration.ofMillis(50);
    ledger.make(new Traffic("a", LedgerTest::fail), 1);
    ledger.make(new Traffic("b", number -> {}), 2);
    assertThat(ledger.isCalm(kinds, lately, BOUND)).isFalse();

    Await.until(
        BOUND,
        "calm",
        () -> {
          ledger.make(new Traffic("a", number -> {}), 3);
          boolean isCalmWithoutOne = ledger.isCalm(List.of("c"), lately, BOUND);
          assertThat(isCalmWithoutOne).isFalse();
          ledger.make(new Traffic("b", number -> {}), 4);
          return ledger.isCalm(kinds, lately, BOUND);
        });
    assertThat(ledger.isCalm(kinds, lately, Duration.ZERO)).isFalse();
  }

  @Test
  void tellsWhatHalfAndAlmostAllOfTheAnswersTook() {
    var calls =
        IntStream.rangeClosed(1, 100)
            .mapToObj(millis ->
                new Call("a", Duration.ZERO, Duration.ofMillis(millis), millis > 90 ? "LATE" : ""))
            .toList();

    var row = LedgerRow.of("a", 100, calls);

    assertThat(row.p50()).isEqualTo(Duration.ofMillis(45));
    assertThat(row.p99()).isEqualTo(Duration.ofMillis(89));
    assertThat(row.failed()).isEqualTo(Map.of("LATE", 10L));
  }
}
