package io.bodybroker.cli.proof;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Rounds of killing a process that writes to a store with a feed, one after the other on a server
 * of their own.
 *
 * <p>Where the process is alone, the one after it makes good what it has left. Where there are two,
 * they are killed in turn, both write, and whoever is left makes it good.
 */
final class FeedLane {
  private static final Duration BOUND = Duration.ofSeconds(60);

  /** One of so many is killed while it starts. */
  private static final int ONE_EARLY_OF = 4;

  private static final int EARLIEST_MILLIS = 200;
  private static final int LATEST_MILLIS = 1500;
  private static final int LONGEST_WRITING_MILLIS = 300;

  private final String name;
  private final int instances;
  private final Random random;
  private final Child.Nursery nursery;
  private final RevisionsLedger ledger = new RevisionsLedger();
  private final List<Child> children = new ArrayList<>();
  private long lastEvent;
  private long lastKilled;
  private int agreed;
  private int rounds;

  FeedLane(String name, int instances, long seed, Child.Nursery nursery) {
    this.name = name;
    this.instances = instances;
    this.random = new Random(seed);
    this.nursery = nursery;
  }

  /** Runs so many; returns when, in the end, each revision has its event or could have had it. */
  void run(int wanted) {
    try (var nats = NatsServer.start();
        var witness = Witness.at(nats.url())) {
      Map<String, String> environment = EventsProof.environment(nats.url());
      try {
        for (int i = 0; i < instances; i++) {
          children.add(start(environment));
        }
        while (rounds < wanted) {
          round(witness, environment);
        }
        awaitAgreement(witness, ledger.lastRevision());
        children.forEach(Child::kill);
        children.clear();
        children.add(start(environment));
        awaitAgreement(witness, Long.MAX_VALUE);
      } finally {
        children.forEach(Child::close);
      }
    }
  }

  private Child start(Map<String, String> environment) {
    return nursery.start(
        name + "-" + rounds + "-" + children.size(),
        RevisingProgram.class.getName(),
        environment,
        String.valueOf(random.nextLong()));
  }

  private void round(Witness witness, Map<String, String> environment) {
    Child victim = children.removeFirst();
    if (random.nextInt(ONE_EARLY_OF) == 0) {
      pause(EARLIEST_MILLIS, LATEST_MILLIS);
    } else {
      victim.awaitOutput(RevisingProgram.WRITING);
      awaitAgreement(witness, lastKilled);
      pause(0, LONGEST_WRITING_MILLIS);
    }
    victim.kill();
    rounds++;
    look(witness);
    lastKilled = ledger.lastRevision();
    children.add(start(environment));
  }

  private void pause(int least, int most) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(least, most + 1)).toNanos());
  }

  /** Events first: each of them then has its revision among those that are read after them. */
  private void look(Witness witness) {
    var events = new ArrayList<io.nats.client.Message>();
    long event = witness.read(ProofStreams.STREAM.name(), "evt.proof.page-changed.v1", lastEvent, events::add);
    witness.read("KV_" + RevisingProgram.STORE, "$KV." + RevisingProgram.STORE + ".>", ledger.lastRevision(), ledger::revision);
    events.forEach(ledger::event);
    lastEvent = event;
  }

  private void awaitAgreement(Witness witness, long revision) {
    Await.until(
        BOUND,
        name + ": events of all revisions up to " + revision,
        () -> {
          look(witness);
          return ledger.hasEventsUpTo(revision) || !ledger.breaches().isEmpty();
        });
    agreed++;
  }

  RevisionsLedger ledger() {
    return ledger;
  }

  String name() {
    return name;
  }

  int rounds() {
    return rounds;
  }

  /** How often, between two rounds, each revision up to the last kill was seen to have its event. */
  int agreed() {
    return agreed;
  }
}
