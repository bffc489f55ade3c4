package io.bodybroker.cli.proof;

import io.bodybroker.payment.PaymentApp;
import io.bodybroker.sdk.Bus;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Two processes of payment, killed in turn while clients are at work. For one thread. */
final class LedgerFaults implements AutoCloseable {
  private static final int INSTANCES = 2;
  private static final int ONE_SERVER_OF = 2;
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final Duration LISTEN = Duration.ofMillis(300);

  private final NatsServer nats;
  private final Bus bus;
  private final Child.Nursery nursery;
  private final ProofOptions options;
  private final PrintStream out;
  private final Map<String, String> environment;
  private final Deque<Child> instances = new ArrayDeque<>();
  private int instancesKilled;
  private int serversKilled;
  private int started;

  LedgerFaults(
      NatsServer nats, Bus bus, Child.Nursery nursery, ProofOptions options, PrintStream out) {
    this.nats = nats;
    this.bus = bus;
    this.nursery = nursery;
    this.options = options;
    this.out = out;
    this.environment = EventsProof.environment(nats.url());
    environment.put("SERVICE_NAME", "payment");
    for (int i = 0; i < INSTANCES; i++) {
      start();
    }
  }

  private void start() {
    started++;
    instances.add(nursery.start("payment-" + started, PaymentApp.class.getName(), environment));
  }

  /** Waits until both serve. */
  void awaitBoth() {
    Await.until(
        BOUND,
        "two instances of payment",
        () -> {
          requireAlive();
          return bus.awaitConnected(LISTEN) && answering() == INSTANCES;
        });
  }

  private long answering() {
    return bus.discovery().findAll(LISTEN).stream()
        .filter(found -> found.service().equals("payment"))
        .count();
  }

  /** One that ended by itself is no proof of anything. */
  private void requireAlive() {
    for (Child instance : instances) {
      if (!instance.isAlive()) {
        throw new IllegalStateException("payment has ended by itself:\n" + instance.output());
      }
    }
  }

  /**
   * Lets the clients go on bit by bit, and kills in each bit, so that there is work at each kill.
   */
  void kill(LedgerClients clients) {
    var random = new Random(options.seed());
    for (int kill = 1; kill <= options.kills(); kill++) {
      awaitBoth();
      clients.allow(options.operations() * kill / (options.kills() + 1));
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(5, 150)).toNanos());
      instances.removeFirst().kill();
      instancesKilled++;
      if (kill % ONE_SERVER_OF == 0) {
        nats.kill();
        nats.restart();
        serversKilled++;
      }
      start();
      out.printf(
          "instance killed, the %dth; %d operations are answered%n",
          instancesKilled, clients.answered());
    }
    clients.allow(options.operations());
  }

  int instancesKilled() {
    return instancesKilled;
  }

  int serversKilled() {
    return serversKilled;
  }

  @Override
  public void close() {
    instances.forEach(Child::close);
  }
}
