package io.bodybroker.sdk.event;

import static io.bodybroker.sdk.event.EventBus.BOUND;
import static io.bodybroker.sdk.event.EventBus.connect;
import static io.bodybroker.sdk.event.EventBus.consumer;
import static io.bodybroker.sdk.event.EventBus.echoed;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.connection.ConnectionState;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@TestServers(scope = TestServers.Scope.METHOD)
class ConsumeTest {
  private static void publish(Bus bus, int from, int to) {
    for (int i = from; i < to; i++) {
      bus.events().publish(echoed(i), "echo:" + i);
    }
  }

  private static void awaitEmpty(NatsServer nats, String consumer) throws Exception {
    try (Connection operator = Nats.connect(nats.url())) {
      var management = operator.jetStreamManagement();
      Await.until(
          BOUND,
          "nothing pending and nothing unacknowledged",
          () -> {
            var info = management.getConsumerInfo("ECHO", consumer);
            return info.getNumPending() == 0 && info.getNumAckPending() == 0;
          });
    }
  }

  @Test
  void givesEachEventToOneOfTheInstances(NatsServer nats) throws Exception {
    Map<String, AtomicInteger> handled = new ConcurrentHashMap<>();
    EventHandler<Echoed> count =
        (event, delivery) ->
            handled.computeIfAbsent(delivery.id(), id -> new AtomicInteger()).incrementAndGet();
    var spec = consumer("shared").build();
    try (var one = connect(nats);
        var other = connect(nats);
        var mine = one.events().consume(spec, count);
        var theirs = other.events().consume(spec, count)) {
      publish(one, 0, 500);

      Await.until(BOUND, "500 events", () -> handled.size() == 500);
      awaitEmpty(nats, "shared");
      assertThat(handled.values()).allMatch(times -> times.get() == 1);
      assertThat(mine.isConsuming() && theirs.isConsuming()).isTrue();
    }
  }

  @Test
  void tellsHowAnEventCame(NatsServer nats) throws Exception {
    var deliveries = new CopyOnWriteArrayList<Delivery>();
    try (var bus = connect(nats);
        var unused =
            bus.events().consume(consumer("tell").build(), (event, d) -> deliveries.add(d))) {
      publish(bus, 7, 8);

      Await.until(BOUND, "a delivery", () -> !deliveries.isEmpty());
      var delivery = deliveries.getFirst();
      assertThat(delivery.id()).isEqualTo("echo:7");
      assertThat(delivery.subject()).isEqualTo("evt.echo.echoed.v1");
      assertThat(delivery.stream()).isEqualTo("ECHO");
      assertThat(delivery.sequence()).isEqualTo(1);
      assertThat(delivery.attempt()).isEqualTo(1);
      assertThat(delivery.redrives()).isZero();
    }
  }

  @Test
  void triesAgainAfterAPauseWhenAHandlerFails(NatsServer nats) throws Exception {
    var attempts = new CopyOnWriteArrayList<Integer>();
    try (var bus = connect(nats);
        var unused =
            bus.events()
                .consume(
                    consumer("retry").build(),
                    (event, delivery) -> {
                      attempts.add(delivery.attempt());
                      if (delivery.attempt() < 3) {
                        throw new IllegalStateException("not yet");
                      }
                    })) {
      publish(bus, 0, 1);

      awaitAttempts(attempts, 3);
      awaitEmpty(nats, "retry");
      assertThat(attempts).containsExactly(1, 2, 3);
    }
  }

  private static void awaitAttempts(List<Integer> attempts, int count) {
    Await.until(BOUND, count + " attempts", () -> attempts.size() >= count);
  }

  @Test
  void workedOnNoMoreThanItsConcurrencyAtOnce(NatsServer nats) throws Exception {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var handled = new AtomicInteger();
    var open = new CountDownLatch(1);
    try (var bus = connect(nats);
        var consumption =
            bus.events()
                .consume(
                    consumer("bounded").concurrency(4).build(),
                    (event, delivery) -> {
                      most.accumulateAndGet(now.incrementAndGet(), Math::max);
                      await(open);
                      now.decrementAndGet();
                      handled.incrementAndGet();
                    })) {
      publish(bus, 0, 50);
      Await.until(BOUND, "four at work", () -> now.get() == 4);
      assertThat(consumption.inFlight()).isEqualTo(4);
      open.countDown();

      Await.until(BOUND, "50 events", () -> handled.get() == 50);
      assertThat(most.get()).isEqualTo(4);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void keepsOrderOverInstancesAndFailures(NatsServer nats) throws Exception {
    var order = new ConcurrentLinkedQueue<String>();
    EventHandler<Echoed> handler =
        (event, delivery) -> {
          if (delivery.attempt() == 1 && delivery.sequence() % 10 == 0) {
            throw ServiceException.of(ErrorCode.UNAVAILABLE, "try me again");
          }
          order.add(event.getText());
        };
    var spec = consumer("ordered").inOrder().build();
    try (var one = connect(nats);
        var other = connect(nats);
        var mine = one.events().consume(spec, handler);
        var theirs = other.events().consume(spec, handler)) {
      publish(one, 0, 60);

      Await.until(BOUND, "60 events", () -> order.size() == 60);
      assertThat(order)
          .containsExactlyElementsOf(IntStream.range(0, 60).mapToObj(Integer::toString).toList());
      assertThat(mine.isConsuming() && theirs.isConsuming()).isTrue();
    }
  }

  @Test
  void isNotGivenAnEventTwiceThatItWorksOnForLong(NatsServer nats) throws Exception {
    var attempts = new CopyOnWriteArrayList<Integer>();
    var open = new CountDownLatch(1);
    try (var bus = connect(nats);
        Connection operator = Nats.connect(nats.url());
        var unused =
            bus.events()
                .consume(
                    consumer("slow").ackWait(Duration.ofMillis(300)).build(),
                    (event, delivery) -> {
                      attempts.add(delivery.attempt());
                      await(open);
                    })) {
      // The witness sees an event again only after several of the slow one's ack waits.
      var witness = new CopyOnWriteArrayList<Integer>();
      try (var other =
          bus.events()
              .consume(
                  consumer("witness")
                      .backoff(Duration.ofMillis(600), Duration.ofMillis(600))
                      .build(),
                  (event, delivery) -> {
                    witness.add(delivery.attempt());
                    if (delivery.attempt() < 4) {
                      throw new IllegalStateException("again");
                    }
                  })) {
        publish(bus, 0, 1);
        awaitAttempts(witness, 4);
        assertThat(other.isConsuming()).isTrue();
      }
      open.countDown();

      awaitEmpty(nats, "slow");
      assertThat(attempts).containsExactly(1);
      assertThat(operator.getStatus()).isEqualTo(Connection.Status.CONNECTED);
    }
  }

  @Test
  void finishesWhatIsAtWorkWhenItDrainsAndHasNothingDeliveredAgain(NatsServer nats)
      throws Exception {
    Map<String, AtomicInteger> handled = new ConcurrentHashMap<>();
    var begun = new CountDownLatch(1);
    EventHandler<Echoed> handler =
        (event, delivery) -> {
          begun.countDown();
          handled.computeIfAbsent(delivery.id(), id -> new AtomicInteger()).incrementAndGet();
        };
    var spec = consumer("drain").concurrency(8).build();
    try (var bus = connect(nats)) {
      publish(bus, 0, 300);
      var first = bus.events().consume(spec, handler);
      await(begun);
      assertThat(first.drain(BOUND)).isTrue();
      assertThat(first.inFlight()).isZero();
      first.close();

      try (var second = bus.events().consume(spec, handler)) {
        Await.until(BOUND, "300 events", () -> handled.size() == 300);
        awaitEmpty(nats, "drain");
        assertThat(second.isConsuming()).isTrue();
      }
    }
    assertThat(handled.values()).allMatch(times -> times.get() == 1);
  }

  @Test
  void goesOnWhenTheServerIsBack(NatsServer nats) throws Exception {
    var handled = ConcurrentHashMap.<String>newKeySet();
    try (var bus = connect(nats);
        var unused =
            bus.events()
                .consume(consumer("outage").build(), (event, d) -> handled.add(event.getText()))) {
      publish(bus, 0, 10);
      Await.until(BOUND, "10 events", () -> handled.size() == 10);
      nats.kill();
      nats.restart();

      publish(bus, 10, 20);

      Await.until(BOUND, "20 events", () -> handled.size() == 20);
    }
  }

  /** The room that a handler leaves behind is that of the connection there is then. */
  @Test
  void goesOnWhenAHandlerOutlivedTheConnectionItsEventCameBy(NatsServer nats) throws Exception {
    var handled = ConcurrentHashMap.<String>newKeySet();
    var begun = new CountDownLatch(1);
    var isBack = new CountDownLatch(1);
    EventHandler<Echoed> handler =
        (event, delivery) -> {
          begun.countDown();
          awaitUninterruptibly(isBack);
          handled.add(event.getText());
        };
    try (var bus = connect(nats);
        var consumption =
            bus.events()
                .consume(
                    consumer("outlived").inOrder().ackWait(Duration.ofSeconds(2)).build(),
                    handler)) {
      publish(bus, 0, 1);
      assertThat(begun.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
      nats.kill();
      Await.until(BOUND, "the session to end", () -> !consumption.isConsuming());
      nats.restart();
      Await.until(BOUND, "the next session", consumption::isConsuming);
      isBack.countDown();

      publish(bus, 1, 10);

      Await.until(BOUND, "10 events", () -> handled.size() == 10);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean isInterrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void makesItsConsumerAnewWhenSomebodyDeletedIt(NatsServer nats) throws Exception {
    var handled = ConcurrentHashMap.<String>newKeySet();
    try (var bus = connect(nats);
        Connection operator = Nats.connect(nats.url());
        var unused =
            bus.events()
                .consume(consumer("deleted").build(), (event, d) -> handled.add(event.getText()))) {
      publish(bus, 0, 10);
      Await.until(BOUND, "10 events", () -> handled.size() == 10);
      operator.jetStreamManagement().deleteConsumer("ECHO", "deleted");

      publish(bus, 10, 20);

      Await.until(BOUND, "20 events", () -> handled.size() == 20);
    }
  }

  @Test
  void changesItsConsumerToWhatIsDeclared(NatsServer nats) throws Exception {
    try (var bus = connect(nats);
        Connection operator = Nats.connect(nats.url())) {
      var management = operator.jetStreamManagement();
      try (var first = bus.events().consume(consumer("changed").build(), (event, d) -> {})) {
        Await.until(BOUND, "consuming", first::isConsuming);
      }
      try (var second =
          bus.events()
              .consume(
                  consumer("changed").attempts(9).ackWait(Duration.ofSeconds(7)).build(),
                  (event, d) -> {})) {
        Await.until(BOUND, "consuming", second::isConsuming);
      }

      var config = management.getConsumerInfo("ECHO", "changed").getConsumerConfiguration();
      assertThat(config.getMaxDeliver()).isEqualTo(14);
      assertThat(config.getAckWait()).isEqualTo(Duration.ofSeconds(7));
    }
  }

  /** With two subjects in one consumer's filter the server made 60 a second of them. */
  @Test
  void isNotSlowedDownByABacklog(NatsServer nats) throws Exception {
    var handled = new AtomicInteger();
    try (var bus = connect(nats)) {
      var published =
          IntStream.range(0, 60_000)
              .mapToObj(i -> bus.events().publishAsync(echoed(i), "echo:" + i))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(published).get();

      try (var consumption =
          bus.events().consume(consumer("late").build(), (event, d) -> handled.incrementAndGet())) {
        Await.until(BOUND, "5000 events", () -> handled.get() >= 5000);
        assertThat(consumption.isConsuming()).isTrue();
      }
    }
  }

  @Test
  void keepsTheConnectionWhenManyEndAtOnce(NatsServer nats) throws Exception {
    try (var bus = connect(nats)) {
      var consumptions = new ArrayList<Consumption>();
      for (int i = 0; i < 12; i++) {
        consumptions.add(bus.events().consume(consumer("many-" + i).build(), (event, d) -> {}));
      }
      Await.until(
          BOUND, "all consume", () -> consumptions.stream().allMatch(Consumption::isConsuming));
      var storing = bus.connections().connection(ConnectionRole.STORE);
      var states = new CopyOnWriteArrayList<ConnectionState>();
      storing.onStateChange(states::add);

      bus.stopConsuming();
      assertThat(bus.awaitConsumed(BOUND)).isTrue();

      assertThat(states).isEmpty();
      assertThat(storing.state()).isEqualTo(ConnectionState.UP);
    }
  }
}
