package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a service meets when NATS is back and a thousand callers have been waiting for it. */
class StormTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final int CALLERS = 1_000;
  private static final int NORMAL_TENTHS = 20;
  private static final int AFTER_TENTHS = 20;

  /**
   * Where this machine stands still for longer than the longest pause, all callers come at once and
   * some twice, with or without an outage. A storm, as of requests that were kept for the server's
   * return, has more than 3,000.
   */
  private static final int UNAVOIDABLE = CALLERS * 3 / 2;

  /** A machine that is busy may run a handler so much later than it was let begin. */
  private static final Duration SLACK = Duration.ofMillis(250);

  /** How NATS is away. */
  enum Outage {
    KILLED {
      @Override
      void begin(NatsServer nats) {
        nats.kill();
      }

      @Override
      void end(NatsServer nats) {
        nats.restart();
      }
    },
    STANDS_STILL {
      @Override
      void begin(NatsServer nats) {
        nats.pause();
      }

      @Override
      void end(NatsServer nats) {
        nats.resume();
      }
    };

    abstract void begin(NatsServer nats);

    abstract void end(NatsServer nats);
  }

  private final Arrivals arrivals = new Arrivals();
  private final AtomicInteger overdue = new AtomicInteger();

  private EchoResponse count(EchoRequest request) {
    arrivals.add();
    if (Crowd.overdue(request).compareTo(SLACK) > 0) {
      overdue.incrementAndGet();
    }
    return EchoResponse.getDefaultInstance();
  }

  @ParameterizedTest
  @EnumSource
  void meetsNoRetryStormAndNothingOverdue(Outage outage) throws Exception {
    try (var nats = NatsServer.builder().jetStream(false).start();
        var running = RunningEcho.start(nats.url(), new TestEcho(this::count));
        var bus =
            Bus.connect(
                RunningEcho.config(nats.url()).breakerOpen(Duration.ofMillis(500)).build())) {
      assertThat(running.host()).isNotNull();
      assertThat(bus.awaitConnected(BOUND)).isTrue();
      try (var crowd = new Crowd(EchoClient.on(bus), TIMEOUT, CALLERS)) {
        Await.until(BOUND, "all to have called", () -> crowd.answered() > 5 * CALLERS);
        int normalFrom = arrivals.now() + 1;
        int normalTo = normalFrom + NORMAL_TENTHS;
        Await.until(BOUND, "the normal rate", () -> arrivals.now() >= normalTo);

        outage.begin(nats);
        long failed = crowd.failed();
        Await.until(BOUND, "all to have failed", () -> crowd.failed() > failed + 4 * CALLERS);
        outage.end(nats);

        int back = arrivals.now();
        long answered = crowd.answered();
        Await.until(BOUND, "calls to succeed", () -> crowd.answered() > answered + 2 * CALLERS);
        int until = Math.max(back + AFTER_TENTHS, arrivals.now() + 1);
        Await.until(BOUND, "the rate after", () -> arrivals.now() >= until);

        report(outage, normalFrom, normalTo, back, until);
        assertThat(arrivals.peak(back, until))
            .as("most requests in a tenth of a second, after the outage")
            .isLessThanOrEqualTo(Math.max(2 * arrivals.peak(normalFrom, normalTo), UNAVOIDABLE));
        assertThat(overdue).as("requests begun whose callers had given up").hasValue(0);
      }
    }
  }

  private void report(Outage outage, int normalFrom, int normalTo, int from, int to) {
    System.getLogger(StormTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "{0}: requests in 100 ms, of {1} callers: normal {2} on average and {3} at most,"
                + " after it {4} at most",
            outage,
            CALLERS,
            arrivals.sum(normalFrom, normalTo) / (normalTo - normalFrom),
            arrivals.peak(normalFrom, normalTo),
            arrivals.peak(from, to));
  }
}
