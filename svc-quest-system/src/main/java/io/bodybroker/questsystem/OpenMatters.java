package io.bodybroker.questsystem;

import io.bodybroker.questsystem.journal.Journal;
import io.bodybroker.questsystem.state.v1.StoredJournal;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Change;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Sees to what is due: rewards that whoever began to pay did not finish, and quests whose time is
 * up. It runs on every instance; what two of them do at once has effect once.
 *
 * <p>Players whose matters cannot be seen to are left alone for longer and longer, and some are
 * seen to at once, so that nobody waits for the others. Which journals have open matters, one watch
 * of the store tells, a moment late. Thread-safe.
 */
final class OpenMatters implements Runnable {
  static final Duration PAUSE = Duration.ofMillis(500);

  /** So long whoever was asked for a reward is left to pay it. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int AT_ONCE = 16;
  private static final Logger LOG = System.getLogger(OpenMatters.class.getName());

  private final Journals journals;
  private final Rewards rewards;
  private final InstantSource time;
  private final Map<String, Instant> due = new ConcurrentHashMap<>();
  private final Map<String, Trouble> troubled = new ConcurrentHashMap<>();
  private volatile boolean isFailing;

  OpenMatters(Journals journals, Rewards rewards, InstantSource time) {
    this.journals = journals;
    this.rewards = rewards;
    this.time = time;
  }

  /**
   * What could not be seen to.
   *
   * @param failures how often in a row
   * @param until when it is tried again
   * @param error what was said last
   */
  private record Trouble(int failures, Instant until, String error) {}

  /** How long a player is left alone: twice as long each time, from the pause to 30 s. */
  static Duration backoff(int failures) {
    var doubled = PAUSE.multipliedBy(1L << Math.clamp(failures - 1L, 0, 10));
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }

  /** Takes note of a change. */
  void tell(Change<StoredJournal> change) {
    switch (change) {
      case Change.Put<StoredJournal> put ->
          due(Journal.of(put.key(), Optional.of(put.value())))
              .ifPresentOrElse(when -> due.put(put.key(), when), () -> forget(put.key()));
      case Change.Deleted<StoredJournal> deleted -> forget(deleted.key());
    }
  }

  /** When something has to be done, if nobody does it before; empty if nothing is open. */
  private static Optional<Instant> due(Journal journal) {
    return Stream.of(
            journal.firstDeadline(), journal.firstRewarding().map(since -> since.plus(PATIENCE)))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private void forget(String player) {
    due.remove(player);
    troubled.remove(player);
  }

  /** Sees to players for whom something is due, some at once. */
  @Override
  public void run() {
    var now = time.instant();
    List<String> players =
        due.keySet().stream()
            .map(player -> Map.entry(player, next(player)))
            .filter(entry -> !now.isBefore(entry.getValue()))
            .sorted(Map.Entry.comparingByValue())
            .limit(AT_ONCE)
            .map(Map.Entry::getKey)
            .toList();
    if (players.isEmpty()) {
      return;
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      players.forEach(player -> threads.execute(() -> tryToSee(player)));
    }
    report();
  }

  private Instant next(String player) {
    var trouble = troubled.get(player);
    return trouble == null ? due.getOrDefault(player, Instant.MAX) : trouble.until();
  }

  private void tryToSee(String player) {
    try {
      see(player);
      troubled.remove(player);
    } catch (ServiceException e) {
      troubled.compute(
          player,
          (same, before) -> {
            int failures = before == null ? 1 : before.failures() + 1;
            return new Trouble(failures, time.instant().plus(backoff(failures)), e.message());
          });
    }
  }

  private void see(String player) {
    var now = time.instant();
    var journal = journals.change(player, before -> before.lapsed(now));
    for (String quest : journal.rewardingSince(now.minus(PATIENCE))) {
      rewards.finish(player, quest);
    }
  }

  /** Says when failing begins and when it ends, not twice a second in between. */
  private void report() {
    var trouble = troubled.values().stream().findAny();
    if (trouble.isPresent() && !isFailing) {
      LOG.log(
          Level.WARNING,
          "{0} players have rewards or deadlines that cannot be seen to: {1}",
          troubled.size(),
          trouble.get().error());
    } else if (trouble.isEmpty() && isFailing) {
      LOG.log(Level.INFO, "rewards and deadlines are seen to again");
    }
    isFailing = trouble.isPresent();
  }
}
