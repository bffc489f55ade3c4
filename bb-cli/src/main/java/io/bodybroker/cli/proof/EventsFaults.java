package io.bodybroker.cli.proof;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsCluster;
import io.bodybroker.testkit.NatsServer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills nodes, one at a time, and the service that counts, each at moments left to chance that know
 * nothing of the other's. For one thread.
 */
final class EventsFaults implements AutoCloseable {
  private static final Duration REPLICATION_BOUND = Duration.ofMinutes(2);

  private final NatsCluster cluster;
  private final Child.Nursery nursery;
  private final Map<String, String> environment;
  private final ProofOptions options;
  private final PrintStream out;
  private final long begin = System.nanoTime();
  private final AtomicInteger nodesKilled = new AtomicInteger();
  private final AtomicInteger consumersKilled = new AtomicInteger();
  private final Executor threads = task -> Thread.ofVirtual().start(task);
  private List<CompletableFuture<Void>> deeds = List.of();
  private volatile Child consumer;
  private volatile boolean isOver;

  EventsFaults(
      NatsCluster cluster,
      Child.Nursery nursery,
      Map<String, String> environment,
      ProofOptions options,
      PrintStream out) {
    this.cluster = cluster;
    this.nursery = nursery;
    this.environment = environment;
    this.options = options;
    this.out = out;
    this.consumer = startConsumer();
  }

  private Child startConsumer() {
    return nursery.start(
        "consumer-" + consumersKilled.get(),
        CountingProgram.class.getName(),
        environment,
        Counting.Health.SOUND.name());
  }

  /** Kills, until it is over and enough was killed. */
  void begin() {
    deeds =
        List.of(
            CompletableFuture.runAsync(this::killNodes, threads),
            CompletableFuture.runAsync(this::killConsumers, threads));
  }

  private void killNodes() {
    var random = new Random(options.seed());
    try (var witness = Witness.at(cluster.url())) {
      while (!isOver || nodesKilled.get() < options.kills()) {
        pause(random, 500, 2000);
        NatsServer node = cluster.servers().get(random.nextInt(cluster.servers().size()));
        node.kill();
        pause(random, 200, 2000);
        node.restart();
        Duration back = now();
        cluster.awaitReady();
        Await.until(REPLICATION_BOUND, "followers to catch up", witness::isReplicated);
        int killed = nodesKilled.incrementAndGet();
        tell(
            "node %s killed and started again, the %dth; replicated after %d ms"
                .formatted(node.name(), killed, now().minus(back).toMillis()));
      }
    }
  }

  private void killConsumers() {
    var random = new Random(~options.seed());
    while (!isOver || consumersKilled.get() < options.kills()) {
      pause(random, 2000, 8000);
      requireAlive();
      consumer.kill();
      tell("consumer killed, the %dth time".formatted(consumersKilled.incrementAndGet()));
      consumer = startConsumer();
    }
  }

  /** One that ended by itself is no proof of anything. */
  private void requireAlive() {
    if (!consumer.isAlive()) {
      throw new IllegalStateException("the consumer has ended by itself:\n" + consumer.output());
    }
  }

  private static void pause(Random random, long least, long most) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextLong(least, most)).toNanos());
  }

  private Duration now() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void tell(String what) {
    out.printf("%6.1f s  %s%n", now().toMillis() / 1e3, what);
  }

  /** Returns when the last node is back, and the last consumer started. */
  void end() {
    isOver = true;
    deeds.forEach(CompletableFuture::join);
    requireAlive();
  }

  int nodesKilled() {
    return nodesKilled.get();
  }

  int consumersKilled() {
    return consumersKilled.get();
  }

  @Override
  public void close() {
    isOver = true;
    for (CompletableFuture<Void> deed : deeds) {
      try {
        deed.join();
      } catch (CompletionException e) {
        tell("the faults ended with " + e.getCause());
      }
    }
    consumer.close();
  }
}
