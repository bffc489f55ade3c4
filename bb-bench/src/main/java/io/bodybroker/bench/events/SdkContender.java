package io.bodybroker.bench.events;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.weathermanager.v1.WeatherChanged;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The SDK, as a service uses it. */
final class SdkContender implements Contender {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Bus bus;
  private final WeatherChanged event;
  private final int concurrency;
  private long published;
  private int consumers;

  SdkContender(String urls, WeatherChanged event, int concurrency) throws InterruptedException {
    this.event = event;
    this.concurrency = concurrency;
    this.bus =
        Bus.connect(
            BusConfig.builder()
                .name("bench")
                .natsUrls(List.of(urls.split(",")))
                .eventMaxInFlight(EventsBench.IN_FLIGHT)
                .build());
    bus.awaitConnected(BOUND);
  }

  private String nextId() {
    return "sdk:" + published++;
  }

  @Override
  public void publish(int count) {
    for (int i = 0; i < count; i++) {
      bus.events().publish(event, nextId());
    }
  }

  @Override
  public void publishAsync(int count) throws InterruptedException {
    var acknowledged = new Semaphore(0);
    for (int i = 0; i < count; i++) {
      var unused =
          bus.events()
              .publishAsync(event, nextId())
              .whenComplete((done, failure) -> {
                if (failure == null) {
                  acknowledged.release();
                }
              });
    }
    requireAll(acknowledged.tryAcquire(count, BOUND.toSeconds(), TimeUnit.SECONDS));
  }

  @Override
  public void consume(int count) throws InterruptedException {
    var left = new CountDownLatch(count);
    var spec =
        ConsumerSpec.builder("bench-" + consumers++, WeatherChanged.getDefaultInstance())
            .concurrency(concurrency)
            .build();
    try (var consumption = bus.events().consume(spec, (event, delivery) -> left.countDown())) {
      requireAll(left.await(BOUND.toSeconds(), TimeUnit.SECONDS));
      consumption.drain(BOUND);
    }
  }

  private static void requireAll(boolean all) {
    if (!all) {
      throw new IllegalStateException("not all within " + BOUND);
    }
  }

  @Override
  public void close() {
    bus.close();
  }
}
