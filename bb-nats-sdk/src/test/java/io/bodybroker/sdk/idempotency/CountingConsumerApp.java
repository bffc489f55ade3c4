package io.bodybroker.sdk.idempotency;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.event.Delivery;
import io.bodybroker.sdk.store.DurableStores;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.test.v1.Counted;
import io.bodybroker.sdk.test.v1.Echoed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Counts echoes in documents of a durable store, each once, until its process is ended. */
final class CountingConsumerApp {
  static final String BUCKET = "counted";
  static final String CONSUMER = "counter";

  /** Said of each event that is delivered again though it has had its effect. */
  static final String REPEAT = "had its effect before";

  private static final Logger LOG = System.getLogger("counter");
  private static final int DOCUMENTS = 3;

  /** Between effect and acknowledgement, where a kill is to fall often. */
  private static final Duration LINGER = Duration.ofMillis(5);

  private final Store<Counted> store;

  private CountingConsumerApp(Store<Counted> store) {
    this.store = store;
  }

  public static void main(String[] args) throws InterruptedException {
    var config = BusConfig.fromEnvironment();
    try (var bus = Bus.connect(config);
        var stores = open(bus, config);
        var unused = bus.events().consume(spec(), over(stores)::count)) {
      new CountDownLatch(1).await();
    }
  }

  static DurableStores open(Bus bus, BusConfig config) {
    return new DurableStores(
        () -> bus.connections().connection(ConnectionRole.STORE).require(),
        config.storeReplicas(),
        config.storeTimeout());
  }

  private static CountingConsumerApp over(DurableStores stores) {
    return new CountingConsumerApp(stores.open(BUCKET, Counted.getDefaultInstance()));
  }

  private static ConsumerSpec<Echoed> spec() {
    return ConsumerSpec.builder(CONSUMER, Echoed.getDefaultInstance())
        .attempts(1000)
        .ackWait(Duration.ofMillis(500))
        .backoff(Duration.ofMillis(10), Duration.ofMillis(100))
        .concurrency(4)
        .build();
  }

  private void count(Echoed event, Delivery delivery) {
    var once = IdempotentEvent.of(delivery);
    var isRepeat = new AtomicBoolean();
    String document = "document-" + Math.floorMod(event.getText().hashCode(), DOCUMENTS);
    store.update(
        document,
        old -> {
          isRepeat.set(old.isPresent() && once.isApplied(old.get().getApplied()));
          return isRepeat.get() ? old.orElseThrow() : counted(old, event, once);
        });
    if (isRepeat.get()) {
      LOG.log(Level.INFO, "{0} {1}", event.getText(), REPEAT);
    }
    LockSupport.parkNanos(LINGER.toNanos());
  }

  private static Counted counted(Optional<Counted> old, Echoed event, IdempotentEvent once) {
    Counted before = old.orElse(Counted.getDefaultInstance());
    long times = before.getEffectsOrDefault(event.getText(), 0);
    return before.toBuilder()
        .putEffects(event.getText(), times + 1)
        .setApplied(once.remember(before.getApplied(), Instant.now()))
        .build();
  }
}
