package io.bodybroker.performancemode.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.performancemode.v1.Budget;
import io.bodybroker.performancemode.v1.BudgetType;
import io.bodybroker.performancemode.v1.CustomSettings;
import io.bodybroker.performancemode.v1.FrameSample;
import io.bodybroker.performancemode.v1.Mode;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayerTest {
  private static final Instant NOW = Instant.parse("2026-11-26T20:00:00Z");
  private static final CustomSettings NONE = CustomSettings.getDefaultInstance();

  private final Player fresh = Player.of(Optional.empty());

  @Test
  void beginsAtMedium() {
    assertThat(fresh.settings().getMode()).isEqualTo(Mode.MEDIUM);
    assertThat(fresh.budgets()).isEmpty();
  }

  @Test
  void changesNothingIfItIsSoAlready() {
    Player high = fresh.adjusted(Mode.HIGH, NONE, false, NOW);

    assertThat(fresh.adjusted(Mode.MEDIUM, NONE, false, NOW)).isSameAs(fresh);
    assertThat(high.adjusted(Mode.HIGH, NONE, false, NOW)).isSameAs(high);
    assertThat(high.stored().getChange().getBefore().getMode()).isEqualTo(Mode.MEDIUM);
    assertThat(high.stored().getChange().getAutomatic()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, 1000", "999, 1"})
  void staysForASecondUnlessForced(long millisLater, String left) {
    Player high = fresh.adjusted(Mode.HIGH, NONE, false, NOW);
    Instant soon = NOW.plusMillis(millisLater);

    var error =
        catchThrowableOfType(
            ServiceException.class, () -> high.adjusted(Mode.LOW, NONE, false, soon));
    assertThat(error.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
    assertThat(error.details()).containsEntry("retry_after_ms", left);
    assertThat(high.adjusted(Mode.LOW, NONE, true, soon).settings().getMode()).isEqualTo(Mode.LOW);
  }

  @Test
  void canBeChangedAfterASecond() {
    Player high = fresh.adjusted(Mode.HIGH, NONE, false, NOW);

    assertThat(high.adjusted(Mode.LOW, NONE, false, NOW.plusSeconds(1)).settings().getMode())
        .isEqualTo(Mode.LOW);
  }

  @Test
  void keepsWhatThePlayerSetThoughItIsWhatThereWas() {
    Player auto = fresh.adjusted(Mode.AUTO, NONE, false, NOW);
    var own = CustomSettings.newBuilder().setAiQuality(auto.settings().getAiQuality()).build();

    Player set = auto.adjusted(Mode.AUTO, own, false, NOW);
    assertThat(set.settings()).isEqualTo(auto.settings());
    assertThat(set.stored().getCustom()).isEqualTo(own);
    assertThat(set.stored().hasChange()).as("an event").isFalse();
    assertThat(set.changedAt()).isEqualTo(NOW);

    Instant later = NOW.plusSeconds(1);
    Player low = set.following(frames(60, 30, later), later);
    assertThat(low.settings().getLevel()).isEqualTo(Mode.LOW);
    assertThat(low.settings().getAiQuality()).isEqualTo(own.getAiQuality());
  }

  private static Frames frames(int count, long millis, Instant at) {
    var samples =
        Stream.<FrameSample>generate(() -> FramesTest.sample(Duration.ofMillis(millis)))
            .limit(count)
            .toList();
    return new Frames(List.of()).with(samples, at);
  }

  @ParameterizedTest
  @CsvSource({
    // frames, milliseconds each, level then
    "60, 30, LOW",
    "59, 30, MEDIUM",
    "60, 16, MEDIUM",
    "60, 12, HIGH",
  })
  void followsItsFramesInModeAuto(int count, long millis, Mode level) {
    Player auto = fresh.adjusted(Mode.AUTO, NONE, false, NOW);

    Player then = auto.following(frames(count, millis, NOW.plusSeconds(1)), NOW.plusSeconds(1));

    assertThat(then.settings().getMode()).isEqualTo(Mode.AUTO);
    assertThat(then.settings().getLevel()).isEqualTo(level);
    assertThat(then.stored().getChange().getAutomatic()).isEqualTo(level != Mode.MEDIUM);
  }

  @Test
  void doesNotHoldALevelToTheFramesOfTheOneBefore() {
    Player auto = fresh.adjusted(Mode.AUTO, NONE, false, NOW);
    Frames slow = frames(100, 30, NOW.plusSeconds(1));
    Player low = auto.following(slow, NOW.plusSeconds(1));

    assertThat(low.following(slow, NOW.plusSeconds(2))).isSameAs(low);
  }

  @Test
  void followsNothingInOtherModes() {
    assertThat(fresh.following(frames(500, 100, NOW), NOW)).isSameAs(fresh);
  }

  @Test
  void keepsOneBudgetOfEachType() {
    Player player =
        fresh
            .budgeted(budget(BudgetType.GPU, 0.9))
            .budgeted(budget(BudgetType.FRAME_TIME, 20))
            .budgeted(budget(BudgetType.GPU, 0.5));

    assertThat(player.budgets())
        .containsExactly(budget(BudgetType.FRAME_TIME, 20), budget(BudgetType.GPU, 0.5));
    assertThat(player.budgeted(budget(BudgetType.GPU, 0.5))).isSameAs(player);
    assertThat(player.budgeted(budget(BudgetType.GPU, 0)).budgets()).hasSize(1);
    assertThat(player.stored().hasChange()).as("an event").isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FRAME_TIME | 0.9 | 0, or 1 to 1000 (milliseconds)",
        "FRAME_TIME | 1001 | 0, or 1 to 1000 (milliseconds)",
        "MEMORY | 255 | 0, or 256 to 1048576 (MiB)",
        "CPU | 1.01 | 0, or 0.05 to 1 (share)",
        "GPU | 0.04 | 0, or 0.05 to 1 (share)",
      })
  void refusesABudgetBeyondItsBounds(BudgetType type, double limit, String expected) {
    var error =
        catchThrowableOfType(ServiceException.class, () -> fresh.budgeted(budget(type, limit)));

    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(error.message()).contains("limit: " + limit + " (expected: " + expected + ")");
  }

  private static Budget budget(BudgetType type, double limit) {
    return Budget.newBuilder().setType(type).setLimit(limit).build();
  }
}
