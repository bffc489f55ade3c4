package io.bodybroker.cli.proof;

import io.bodybroker.cli.proof.RevisingProgram.Kind;
import io.bodybroker.cli.soak.Promise;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * A process that writes to a store with a change feed is killed in each of many rounds; state and
 * events agree after every one. The rounds are shared among lanes that go on beside each other.
 */
final class FeedProof implements Proof {
  /** A store of each kind, with one process that writes and feeds, and with two. */
  private static final int LANES = 4;

  private static final int TELL_SECONDS = 5;

  @Override
  public String name() {
    return "feed";
  }

  @Override
  public String promise() {
    return "with the process that writes killed at any moment, each committed change of a store with a"
        + " feed becomes one event, in order";
  }

  @Override
  public Account run(ProofOptions options, PrintStream out) {
    var nursery = Child.Nursery.in(options.logs());
    warmUp(nursery);
    var lanes = new ArrayList<FeedLane>();
    var runs = new ArrayList<CompletableFuture<FeedLane.Result>>();
    int lanesUsed = Math.min(LANES, options.rounds());
    for (int i = 0; i < lanesUsed; i++) {
      var kind = i % 2 == 0 ? Kind.DURABLE : Kind.FAST;
      int instances = i < 2 ? 1 : 2;
      String name = kind.name().toLowerCase(Locale.ROOT) + "-" + instances;
      var lane = new FeedLane(name, kind, instances, options.seed() + i, nursery);
      int rounds = (options.rounds() + i) / lanesUsed;
      lanes.add(lane);
      runs.add(
          CompletableFuture.supplyAsync(
              () -> lane.run(rounds), task -> Thread.ofVirtual().name(lane.name()).start(task)));
    }
    tellUntilDone(CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new)), lanes, out);
    return account(runs.stream().map(CompletableFuture::join).toList());
  }

  /** What one has loaded, the others need not load again. */
  private static void warmUp(Child.Nursery nursery) {
    try (var nats = NatsServer.start();
        var child =
            nursery.start(
                "warm-up",
                RevisingProgram.class.getName(),
                EventsProof.environment(nats.url()),
                Kind.DURABLE.name(),
                "0",
                "true")) {
      child.awaitOutput(RevisingProgram.BEGUN);
      Await.until(
          Duration.ofSeconds(60), "a warm program", () -> isWriting(nats) || !child.isAlive());
      nursery.keepClassesOf(child, RevisingProgram.class.getName());
    }
  }

  private static boolean isWriting(NatsServer nats) {
    try (var witness = Witness.at(nats.url())) {
      return witness.last(ProofStreams.STREAM.name(), RevisingProgram.SUBJECT).isPresent();
    }
  }

  private static void tellUntilDone(
      CompletableFuture<Void> all, List<FeedLane> lanes, PrintStream out) {
    while (true) {
      try {
        all.orTimeout(1, TimeUnit.DAYS).get(TELL_SECONDS, TimeUnit.SECONDS);
        return;
      } catch (java.util.concurrent.TimeoutException e) {
        out.printf("%d rounds so far%n", lanes.stream().mapToInt(FeedLane::rounds).sum());
      } catch (java.util.concurrent.ExecutionException e) {
        throw new IllegalStateException(String.valueOf(e.getCause()), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static long sum(List<FeedLane.Result> lanes, ToLongFunction<FeedLane.Result> what) {
    return lanes.stream().mapToLong(what).sum();
  }

  private static Account account(List<FeedLane.Result> lanes) {
    List<FeedLane.Result> counted =
        lanes.stream().filter(lane -> lane.changes().isPresent()).toList();
    long changes = sum(counted, lane -> lane.changes().orElseThrow());
    long events = sum(counted, FeedLane.Result::events);
    List<String> breaches =
        lanes.stream()
            .flatMap(lane -> lane.breaches().stream().map(breach -> lane.lane() + ": " + breach))
            .toList();
    var rows = new LinkedHashMap<String, Long>();
    rows.put("rounds, in each of which a process was killed", sum(lanes, FeedLane.Result::rounds));
    rows.put("times all was seen to agree", sum(lanes, FeedLane.Result::agreed));
    for (FeedLane.Result lane : lanes) {
      rows.put("rounds of " + lane.lane(), lane.rounds());
      lane.changes().ifPresent(count -> rows.put("changes of " + lane.lane(), count));
      rows.put("events of " + lane.lane(), lane.events());
    }
    rows.put("events", sum(lanes, FeedLane.Result::events));
    rows.put("left out, twice or out of order", (long) breaches.size());
    return new Account(
        "feed",
        rows,
        List.of(
            Promise.none("each change is one event, in the order of commits", breaches),
            Promise.that(
                "changes = events in the durable stores: %d = %d".formatted(changes, events),
                changes == events,
                "they are not as many")));
  }
}
