package io.bodybroker.sdk.event;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.test.v1.Echoed;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A consumer whose process is ended, by its own handler, as each event comes: as SIGKILL does. */
final class CrashingConsumerApp {
  static final String CONSUMER = "crasher";
  static final int ATTEMPTS = 3;

  private CrashingConsumerApp() {}

  /** As the program declares it, so that a test can go on with it. */
  static ConsumerSpec<Echoed> spec() {
    return ConsumerSpec.builder(CONSUMER, Echoed.getDefaultInstance())
        .attempts(ATTEMPTS)
        .ackWait(Duration.ofSeconds(1))
        .concurrency(1)
        .build();
  }

  public static void main(String[] args) throws InterruptedException {
    try (var bus = Bus.connect(BusConfig.fromEnvironment());
        var unused = bus.events().consume(spec(), CrashingConsumerApp::say)) {
      new CountDownLatch(1).await();
    }
  }

  /** Does not return: whoever reads this ends the process. */
  private static void say(Echoed event, Delivery delivery) {
    System.getLogger("crasher")
        .log(System.Logger.Level.INFO, "at work on attempt {0}", delivery.attempt());
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
