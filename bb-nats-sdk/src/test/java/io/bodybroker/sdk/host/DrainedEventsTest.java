package io.bodybroker.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Events that a host has not finished when it ends. */
@TestServers
class DrainedEventsTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  /** One that failed would come again much later. */
  private static final ConsumerSpec<Echoed> CONSUMER =
      ConsumerSpec.builder("drained", Echoed.getDefaultInstance())
          .backoff(Duration.ofHours(1), Duration.ofHours(1))
          .build();

  private static BusConfig config(NatsServer nats) {
    return BusConfig.builder()
        .natsUrls(List.of(nats.url()))
        .healthHost("127.0.0.1")
        .healthPort(0)
        .build();
  }

  @Test
  void goToAnotherInstanceAtOnceIfATaskOfTheOneThatEndsLetsThemGo(NatsServer nats)
      throws Exception {
    var begun = new CountDownLatch(1);
    var letGo = new CountDownLatch(1);
    var handled = new CountDownLatch(1);
    try (var first =
        ServiceHost.start(
            context -> {
              context.repeat("let-go", Duration.ofHours(1), () -> workUntilInterrupted(letGo));
              context.consume(
                  CONSUMER,
                  (event, delivery) -> {
                    begun.countDown();
                    await(letGo);
                    Thread.currentThread().interrupt();
                    throw ServiceException.of(ErrorCode.UNAVAILABLE, "this instance ends");
                  });
            },
            config(nats))) {
      assertThat(first.awaitReady(BOUND)).isTrue();
      first.bus().events().publish(Echoed.getDefaultInstance(), "drained:1");
      await(begun);
    }
    try (var second =
        ServiceHost.start(
            context -> context.consume(CONSUMER, (event, delivery) -> handled.countDown()),
            config(nats))) {
      assertThat(second.awaitReady(BOUND)).isTrue();
      Await.until(BOUND, "the event", () -> handled.getCount() == 0);
    }
  }

  private static void await(CountDownLatch latch) {
    Await.until(BOUND, "a step of the test", () -> latch.getCount() == 0);
  }

  /** Which is when the host ends. */
  private static void workUntilInterrupted(CountDownLatch letGo) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      letGo.countDown();
      Thread.currentThread().interrupt();
    }
  }
}
