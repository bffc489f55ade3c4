package io.bodybroker.sdk.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.test.v1.Counted;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.JavaProgram;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A consumer that is killed again and again, wherever it happens to be. Another seed: {@code
 * -Dbb.seed=…}.
 */
@TestServers(scope = TestServers.Scope.METHOD)
class CrashTest {
  private static final Duration BOUND = Duration.ofSeconds(90);
  private static final int ROUNDS = 15;
  private static final int EVENTS_A_ROUND = 40;

  private final Random random = new Random(Long.getLong("bb.seed", 20_261_126));
  private int published;

  @Test
  void givesEachEventItsEffectExactlyOnceWheneverTheConsumerDies(NatsServer nats) throws Exception {
    var config = BusConfig.builder().natsUrls(List.of(nats.url())).build();
    int repeats = 0;
    try (var bus = Bus.connect(config);
        var stores = CountingConsumerApp.open(bus, config);
        Connection operator = Nats.connect(nats.url())) {
      assertThat(bus.awaitConnected(BOUND)).isTrue();
      var store = stores.open(CountingConsumerApp.BUCKET, Counted.getDefaultInstance());
      for (int round = 0; round < ROUNDS; round++) {
        publish(bus);
        repeats += killSomewhere(nats, store);
      }
      try (var last = start(nats)) {
        awaitDone(operator);
        repeats += repeats(last);
      }

      Map<String, Long> effects = effects(store);
      assertThat(effects).hasSize(published);
      assertThat(effects.values()).allMatch(times -> times == 1);
      assertThat(repeats).as("events that came again after their effect").isPositive();
    }
  }

  private void publish(Bus bus) {
    for (int i = 0; i < EVENTS_A_ROUND; i++, published++) {
      bus.events()
          .publish(Echoed.newBuilder().setText("echo " + published).build(), "echo:" + published);
    }
  }

  private static JavaProgram start(NatsServer nats) {
    return JavaProgram.start(CountingConsumerApp.class, Map.of("NATS_URL", nats.url()));
  }

  /** Returns how many events it saw that had had their effect. */
  private int killSomewhere(NatsServer nats, Store<Counted> store) {
    int enough = Math.min(published, effects(store).size() + 1 + random.nextInt(EVENTS_A_ROUND));
    try (var program = start(nats)) {
      Await.until(BOUND, enough + " effects", () -> effects(store).size() >= enough);
      program.kill().awaitEnd();
      return repeats(program);
    }
  }

  private static int repeats(JavaProgram program) {
    return (int)
        program.output().lines().filter(line -> line.contains(CountingConsumerApp.REPEAT)).count();
  }

  private static Map<String, Long> effects(Store<Counted> store) {
    var effects = new TreeMap<String, Long>();
    store.list("").forEach(document -> effects.putAll(document.value().getEffectsMap()));
    return effects;
  }

  private static void awaitDone(Connection operator) throws Exception {
    var management = operator.jetStreamManagement();
    Await.until(
        BOUND,
        "nothing pending and nothing unacknowledged",
        () -> {
          var info = management.getConsumerInfo("ECHO", CountingConsumerApp.CONSUMER);
          return info.getNumPending() == 0 && info.getNumAckPending() == 0;
        });
  }
}
