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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to what is due: rewards that whoever began to pay did not finish, and quests whose time is
 * up. It runs on every instance; what two of them do at once has effect once.
 *
 * <p>Which journals have open matters, one watch of the store tells, a moment late. Thread-safe.
 */
final class OpenMatters implements Runnable {
  static final Duration PAUSE = Duration.ofMillis(500);

  /** So long whoever was asked for a reward is left to pay it. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Logger LOG = System.getLogger(OpenMatters.class.getName());

  private final Journals journals;
  private final Rewards rewards;
  private final InstantSource time;
  private final Map<String, Matter> open = new ConcurrentHashMap<>();
  private volatile boolean isFailing;

  OpenMatters(Journals journals, Rewards rewards, InstantSource time) {
    this.journals = journals;
    this.rewards = rewards;
    this.time = time;
  }

  /** What a journal waits for. */
  private record Matter(boolean isRewarding, Optional<Instant> deadline) {
    static Matter of(Journal journal) {
      return new Matter(journal.isRewarding(), journal.firstDeadline());
    }

    boolean isNone() {
      return !isRewarding && deadline.isEmpty();
    }

    boolean isLate(Instant now) {
      return deadline.stream().anyMatch(moment -> !now.isBefore(moment));
    }
  }

  /** Takes note of a change. */
  void tell(Change<StoredJournal> change) {
    switch (change) {
      case Change.Put<StoredJournal> put -> {
        var matter = Matter.of(Journal.of(put.key(), Optional.of(put.value())));
        if (matter.isNone()) {
          open.remove(put.key());
        } else {
          open.put(put.key(), matter);
        }
      }
      case Change.Deleted<StoredJournal> deleted -> open.remove(deleted.key());
    }
  }

  @Override
  public void run() {
    var now = time.instant();
    int failures = 0;
    String last = "";
    for (Map.Entry<String, Matter> entry : open.entrySet()) {
      try {
        see(entry.getKey(), entry.getValue(), now);
      } catch (ServiceException e) {
        failures++;
        last = e.message();
      }
    }
    report(failures, last);
  }

  private void see(String player, Matter matter, Instant now) {
    if (matter.isLate(now)) {
      journals.change(player, journal -> journal.lapsed(now));
    }
    if (matter.isRewarding()) {
      for (String quest : journals.read(player).rewardingSince(now.minus(PATIENCE))) {
        rewards.finish(player, quest);
      }
    }
  }

  /** Says when failing begins and when it ends, not twice a second in between. */
  private void report(int failures, String last) {
    if (failures > 0 && !isFailing) {
      LOG.log(
          Level.WARNING,
          "{0} players have rewards or deadlines that cannot be seen to: {1}",
          failures,
          last);
    } else if (failures == 0 && isFailing) {
      LOG.log(Level.INFO, "rewards and deadlines are seen to again");
    }
    isFailing = failures > 0;
  }
}
