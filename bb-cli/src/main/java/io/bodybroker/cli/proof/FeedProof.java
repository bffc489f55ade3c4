package io.bodybroker.cli.proof;

import io.bodybroker.cli.soak.Promise;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * A process that writes to a store with a change feed is killed in each of many rounds; state and
 * events agree after every one. The rounds are shared among lanes that go on beside each other.
 */
final class FeedProof implements Proof {
  /** Of which every other has two processes that write and feed at once. */
  private static final int LANES = 4;

  private static final int TELL_SECONDS = 5;

  @Override
  public String name() {
    return "feed";
  }

  @Override
  public String promise() {
    return "with the process that writes killed at any moment, each committed revision becomes one"
        + " event, in order";
  }

  @Override
  public Account run(ProofOptions options, PrintStream out) {
    var nursery = Child.Nursery.in(options.logs());
    var lanes = new ArrayList<FeedLane>();
    var runs = new ArrayList<CompletableFuture<Void>>();
    int lanesUsed = Math.min(LANES, options.rounds());
    for (int i = 0; i < lanesUsed; i++) {
      var lane = new FeedLane("lane-" + i, 1 + i % 2, options.seed() + i, nursery);
      int rounds = (options.rounds() + i) / lanesUsed;
      lanes.add(lane);
      runs.add(
          CompletableFuture.runAsync(
              () -> lane.run(rounds), task -> Thread.ofVirtual().name(lane.name()).start(task)));
    }
    tellUntilDone(CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new)), lanes, out);
    return account(lanes);
  }

  private static void tellUntilDone(
      CompletableFuture<Void> all, List<FeedLane> lanes, PrintStream out) {
    while (true) {
      try {
        all.orTimeout(1, TimeUnit.DAYS).get(TELL_SECONDS, TimeUnit.SECONDS);
        return;
      } catch (java.util.concurrent.TimeoutException e) {
        out.printf("%d rounds so far%n", sum(lanes, FeedLane::rounds));
      } catch (java.util.concurrent.ExecutionException e) {
        throw new IllegalStateException(String.valueOf(e.getCause()), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static long sum(List<FeedLane> lanes, ToLongFunction<FeedLane> what) {
    return lanes.stream().mapToLong(what).sum();
  }

  private static Account account(List<FeedLane> lanes) {
    var rows = new LinkedHashMap<String, Long>();
    rows.put("times a process was killed", sum(lanes, FeedLane::rounds));
    rows.put("times all was seen to agree", sum(lanes, FeedLane::agreed));
    long revisions = sum(lanes, lane -> lane.ledger().revisions());
    long events = sum(lanes, lane -> lane.ledger().events());
    rows.put("revisions committed", revisions);
    rows.put("events", events);
    List<String> breaches =
        lanes.stream()
            .flatMap(lane ->
                lane.ledger().breaches().stream().map(breach -> lane.name() + ": " + breach))
            .toList();
    rows.put("left out, twice or out of order", (long) breaches.size());
    return new Account(
        "feed",
        rows,
        List.of(
            Promise.none("each revision is one event, in the order of commits", breaches),
            Promise.that(
                "revisions = events: %d = %d".formatted(revisions, events),
                revisions == events,
                "they are not as many")));
  }
}
