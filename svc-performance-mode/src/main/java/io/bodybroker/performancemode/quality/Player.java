package io.bodybroker.performancemode.quality;

import io.bodybroker.performancemode.state.v1.Change;
import io.bodybroker.performancemode.state.v1.StoredPlayer;
import io.bodybroker.performancemode.v1.Budget;
import io.bodybroker.performancemode.v1.BudgetType;
import io.bodybroker.performancemode.v1.CustomSettings;
import io.bodybroker.performancemode.v1.Mode;
import io.bodybroker.performancemode.v1.Settings;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a player chose. A change that changes nothing gives the same stored instance, so that it is
 * not written.
 *
 * @param stored as it is stored
 */
public record Player(StoredPlayer stored) {
  /** How long a mode stays before it can be changed without force. */
  public static final Duration COOLDOWN = Duration.ofSeconds(1);

  /** How many frames of a level it takes to change it, in mode AUTO. */
  static final int FRAMES_OF_A_LEVEL = 60;

  /** What is stored, or what everybody begins with. */
  public static Player of(Optional<StoredPlayer> stored) {
    return new Player(
        stored.orElseGet(
            () -> StoredPlayer.newBuilder().setMode(Mode.MEDIUM).setLevel(Mode.MEDIUM).build()));
  }

  /** What applies. */
  public Settings settings() {
    return settings(stored);
  }

  private static Settings settings(StoredPlayer stored) {
    return Presets.settings(stored.getMode(), stored.getLevel(), stored.getCustom());
  }

  /** By type. */
  public List<Budget> budgets() {
    return stored.getBudgetsList();
  }

  /** Since when the settings are as they are. */
  public Instant changedAt() {
    return stored.hasChangedAt() ? ProtoTimes.instant(stored.getChangedAt()) : Instant.EPOCH;
  }

  /**
   * With another mode. AUTO begins at MEDIUM, and stays at its level if it is AUTO already. What
   * the player set is kept even where it comes to the settings there are; then nothing has changed
   * for anybody, so there is no event and nothing to wait for.
   *
   * @throws ServiceException {@code RESOURCE_EXHAUSTED} if it was changed just now
   */
  public Player adjusted(Mode mode, CustomSettings custom, boolean isForced, Instant now) {
    Mode level = mode;
    if (mode == Mode.AUTO) {
      level = stored.getMode() == Mode.AUTO ? stored.getLevel() : Mode.MEDIUM;
    }
    if (mode == stored.getMode()
        && level == stored.getLevel()
        && custom.equals(stored.getCustom())) {
      return this;
    }
    var next = stored.toBuilder().setMode(mode).setLevel(level).setCustom(custom);
    if (settings(next.build()).equals(settings())) {
      return new Player(next.clearChange().build());
    }
    Duration left = Duration.between(now, changedAt().plus(COOLDOWN));
    if (!isForced && left.isPositive()) {
      throw ServiceException.builder(
              ErrorCode.RESOURCE_EXHAUSTED,
              "the mode was changed less than %d ms ago".formatted(COOLDOWN.toMillis()))
          .mayHaveExecuted(false)
          .detail("retry_after_ms", left.toMillis())
          .build();
    }
    return changed(next, false, now);
  }

  /** In mode AUTO: with the level that suits the frames since it was last changed. */
  public Player following(Frames frames, Instant now) {
    Frames ofLevel = frames.since(changedAt());
    if (stored.getMode() != Mode.AUTO || ofLevel.count() < FRAMES_OF_A_LEVEL) {
      return this;
    }
    Mode level = Presets.recommended(settings(), ofLevel.metrics(settings()).getAverageFps());
    return level == stored.getLevel()
        ? this
        : changed(stored.toBuilder().setLevel(level), true, now);
  }

  private Player changed(StoredPlayer.Builder next, boolean isAutomatic, Instant now) {
    return new Player(
        next.setChangedAt(ProtoTimes.timestamp(now))
            .setChange(Change.newBuilder().setBefore(settings()).setAutomatic(isAutomatic))
            .build());
  }

  /**
   * With a budget set, or without it if its limit is 0.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if the limit is beyond what its type allows
   */
  public Player budgeted(Budget budget) {
    Budgets.check(budget);
    List<Budget> budgets =
        Stream.concat(
                budgets().stream().filter(other -> other.getType() != budget.getType()),
                Stream.of(budget).filter(wanted -> wanted.getLimit() > 0))
            .sorted(Comparator.comparingInt((Budget kept) -> kept.getType().getNumber()))
            .toList();
    if (budgets.equals(budgets())) {
      return this;
    }
    return new Player(
        stored.toBuilder().clearChange().clearBudgets().addAllBudgets(budgets).build());
  }

  /** A budget of a type. */
  Optional<Budget> budget(BudgetType type) {
    return budgets().stream().filter(budget -> budget.getType() == type).findFirst();
  }
}
