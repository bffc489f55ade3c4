package io.bodybroker.performancemode.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.performancemode.v1.Budget;
import io.bodybroker.performancemode.v1.BudgetState;
import io.bodybroker.performancemode.v1.BudgetType;
import io.bodybroker.performancemode.v1.FrameSample;
import io.bodybroker.performancemode.v1.Metrics;
import io.bodybroker.performancemode.v1.Settings;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {
  private static final Instant NOW = Instant.parse("2026-11-26T20:00:00Z");
  private static final Offset<Double> NEAR = Offset.offset(1e-6);
  private static final Settings AT_60 = Settings.newBuilder().setTargetFps(60).build();

  static FrameSample sample(Duration time) {
    return FrameSample.newBuilder()
        .setFrameTime(ProtoTimes.duration(time))
        .setCpu(0.5)
        .setGpu(0.25)
        .setMemoryMib(2000)
        .build();
  }

  private static Frames frames(long... millis) {
    return new Frames(List.of())
        .with(LongStream.of(millis).mapToObj(ms -> sample(Duration.ofMillis(ms))).toList(), NOW);
  }

  @Test
  void sumUp() {
    Metrics metrics = frames(10, 20, 30, 40).metrics(AT_60);

    assertThat(metrics.getFrames()).isEqualTo(4);
    assertThat(metrics.getAverageFps()).isCloseTo(40, NEAR);
    assertThat(metrics.getMinFps()).isCloseTo(25, NEAR);
    assertThat(metrics.getMaxFps()).isCloseTo(100, NEAR);
    assertThat(ProtoTimes.duration(metrics.getAverageFrameTime())).isEqualTo(Duration.ofMillis(25));
    // More than 1.5 times 16.67 ms.
    assertThat(metrics.getFrameDrops()).isEqualTo(2);
    assertThat(metrics.getCpu()).isCloseTo(0.5, NEAR);
    assertThat(metrics.getGpu()).isCloseTo(0.25, NEAR);
    assertThat(metrics.getMemoryMib()).isCloseTo(2000, NEAR);
  }

  @Test
  void sayNothingWithoutFrames() {
    assertThat(frames().metrics(AT_60)).isEqualTo(Metrics.getDefaultInstance());
  }

  @Property(tries = 200)
  void keepTheAverageBetweenTheWorstAndTheBest(
      @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 1, max = 1000) Integer> millis) {
    Metrics metrics =
        frames(millis.stream().mapToLong(Integer::longValue).toArray()).metrics(AT_60);

    assertThat(metrics.getAverageFps()).isBetween(metrics.getMinFps(), metrics.getMaxFps());
    assertThat(metrics.getFrameDrops()).isBetween(0, millis.size());
  }

  @Test
  void forgetTheOldestOfTooMany() {
    var frames = frames(500);
    for (int i = 0; i < 5; i++) {
      frames =
          frames.with(
              IntStream.range(0, 200).mapToObj(n -> sample(Duration.ofMillis(10))).toList(), NOW);
    }

    assertThat(frames.count()).isEqualTo(Frames.MOST);
    assertThat(frames.metrics(AT_60).getMinFps()).isCloseTo(100, NEAR);
  }

  @Test
  void tellThoseOfALastWhileFromOthers() {
    var frames = frames(10).with(List.of(sample(Duration.ofMillis(20))), NOW.plusSeconds(5));

    assertThat(frames.since(NOW).count()).isEqualTo(1);
    assertThat(frames.since(NOW.minusMillis(1)).count()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT-0.01S, -0.01s",
    "PT1.000000001S, 1.000000001s",
    "PT2S, 2s",
    "PT10000000000S, 10000000000s"
  })
  void refuseAFrameThatTookNoTimeOrMoreThanASecond(String time, String shown) {
    var samples = List.of(sample(Duration.ofMillis(1)), sample(Duration.parse(time)));

    assertThatThrownBy(() -> frames().with(samples, NOW))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("samples[1].frame_time: " + shown + " (expected: 0.000001s to 1s)");
  }

  @ParameterizedTest
  @CsvSource({"20, false", "21, true"})
  void sayWhetherWorkIsToBeSkippedByTheLastTen(long millis, boolean isSkipping) {
    long[] times =
        LongStream.concat(LongStream.of(900), LongStream.generate(() -> millis).limit(10))
            .toArray();

    assertThat(frames(times).isSkipping(Player.of(Optional.empty()))).isEqualTo(isSkipping);
    assertThat(frames(900, 900).isSkipping(Player.of(Optional.empty())))
        .as("less than ten")
        .isFalse();
  }

  @Test
  void holdWorkToTheBudgetIfThereIsOne() {
    var player =
        Player.of(Optional.empty())
            .budgeted(Budget.newBuilder().setType(BudgetType.FRAME_TIME).setLimit(40).build());

    assertThat(frames(LongStream.generate(() -> 48).limit(10).toArray()).isSkipping(player))
        .isFalse();
    assertThat(frames(LongStream.generate(() -> 49).limit(10).toArray()).isSkipping(player))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    // share of the budget, state, scale of quality
    "0.5, WITHIN, 1",
    "0.8, WITHIN, 1",
    "0.81, WARNING, 0.992857143",
    "1.0, WARNING, 0.857142857",
    "1.01, VIOLATED, 0.85",
    "1.15, VIOLATED, 0.75",
    "1.5, VIOLATED, 0.5",
    "9, VIOLATED, 0.5",
  })
  void fareAgainstABudget(double share, BudgetState state, double scale) {
    assertThat(Budgets.state(share)).isEqualTo(state);
    assertThat(Budgets.scale(share)).isCloseTo(scale, NEAR);
  }

  @Test
  void scaleTheQualityForStrictBudgetsOnly() {
    var player = Player.of(Optional.empty());
    for (BudgetType type : List.of(BudgetType.FRAME_TIME, BudgetType.MEMORY)) {
      player =
          player.budgeted(
              Budget.newBuilder()
                  .setType(type)
                  .setLimit(type == BudgetType.MEMORY ? 1500 : 10)
                  .setStrict(type == BudgetType.MEMORY)
                  .build());
    }
    var uses = Budgets.uses(player.budgets(), frames(20, 20).metrics(AT_60));

    assertThat(uses).allMatch(use -> use.getState() == BudgetState.VIOLATED);
    assertThat(uses.getFirst().getUsed()).isCloseTo(20, NEAR);
    assertThat(Budgets.qualityScale(uses)).isCloseTo(Budgets.scale(2000 / 1500.0), NEAR);
    assertThat(Budgets.qualityScale(List.of())).isEqualTo(1);
  }
}
