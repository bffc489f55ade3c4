package io.bodybroker.cli.proof;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Rounds of killing a process that writes to a store with a feed, one after the other on servers of
 * their own.
 *
 * <p>Where the process is alone, the one after it makes good what it has left. Where there are two,
 * they are killed in turn, both write, and whoever is left makes it good.
 */
final class FeedLane {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private static final Duration LOOK = Duration.ofMillis(50);

  /** One of so many is killed while it starts. */
  private static final int ONE_EARLY_OF = 4;

  private static final int EARLIEST_MILLIS = 200;
  private static final int LATEST_MILLIS = 1500;
  private static final int LONGEST_WRITING_MILLIS = 300;

  private final String name;
  private final RevisingProgram.Kind kind;
  private final int instances;
  private final Random random;
  private final Child.Nursery nursery;
  private final List<Child> children = new ArrayList<>();
  private int agreed;
  private final AtomicInteger rounds = new AtomicInteger();
  private int started;
  private long lookedAt;

  FeedLane(
      String name, RevisingProgram.Kind kind, int instances, long seed, Child.Nursery nursery) {
    this.name = name;
    this.kind = kind;
    this.instances = instances;
    this.random = new Random(seed);
    this.nursery = nursery;
  }

  /**
   * What was counted.
   *
   * @param rounds in each of which a process was killed
   * @param agreed how often all that was committed at the last kill was seen to have its event
   * @param changes as the store itself tells; empty if it cannot
   */
  record Result(
      String lane,
      long rounds,
      long agreed,
      OptionalLong changes,
      long events,
      List<String> breaches) {}

  /** Runs so many; returns when, in the end, everything was compared. */
  Result run(int wanted) {
    try (var nats = NatsServer.start();
        var redis = RedisServer.start();
        var redisWitness = RedisWitness.at(redis.port());
        var witness = Witness.at(nats.url())) {
      Audit audit =
          switch (kind) {
            case DURABLE -> new DurableAudit(witness);
            case FAST -> new FastAudit(witness, redisWitness);
          };
      Map<String, String> environment = EventsProof.environment(nats.url());
      environment.put("REDIS_URL", redis.url());
      try {
        for (int i = 0; i < instances; i++) {
          children.add(start(environment, true));
        }
        while (rounds.get() < wanted) {
          round(environment, audit);
        }
        end(environment, audit);
        return new Result(
            name, rounds.get(), agreed, audit.changes(), audit.events(), audit.breaches());
      } finally {
        children.forEach(Child::close);
      }
    }
  }

  private Child start(Map<String, String> environment, boolean writes) {
    started++;
    return nursery.start(
        name,
        RevisingProgram.class.getName(),
        environment,
        kind.name(),
        String.valueOf(started),
        String.valueOf(writes));
  }

  private void round(Map<String, String> environment, Audit audit) {
    Child victim = children.removeFirst();
    if (random.nextInt(ONE_EARLY_OF) == 0) {
      pause(EARLIEST_MILLIS, LATEST_MILLIS);
    } else {
      victim.awaitOutput(RevisingProgram.BEGUN, () -> lookSometimes(audit));
      awaitAgreement(audit);
      pause(0, LONGEST_WRITING_MILLIS);
    }
    victim.kill();
    rounds.incrementAndGet();
    audit.mark();
    children.add(start(environment, true));
  }

  private void pause(int least, int most) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(least, most + 1)).toNanos());
  }

  /** A look costs some round trips. */
  private void lookSometimes(Audit audit) {
    if (System.nanoTime() - lookedAt > LOOK.toNanos()) {
      audit.look();
      lookedAt = System.nanoTime();
    }
  }

  private void awaitAgreement(Audit audit) {
    Await.until(
        BOUND,
        name + ": events of all that was committed at the last kill",
        () -> {
          lookSometimes(audit);
          return audit.agrees() || !audit.breaches().isEmpty();
        });
    agreed++;
  }

  /** All are killed, and another, which only feeds, makes good what they have left. */
  private void end(Map<String, String> environment, Audit audit) {
    children.forEach(Child::kill);
    children.clear();
    children.add(start(environment, false));
    audit.mark();
    awaitAgreement(audit);
    audit.compare();
  }

  String name() {
    return name;
  }

  int rounds() {
    return rounds.get();
  }
}
