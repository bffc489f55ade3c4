package io.bodybroker.weathermanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorldClocksTest {
  private final TestWorld world = new TestWorld();
  private final WorldClocks clocks = world.new Instance().clocks;
  private final GameClock usual = GameClock.of(Clocks.usual());
  private final GameClock slow =
      GameClock.of(Clocks.anchored(Clocks.ANCHOR, Duration.ofHours(7), 1));

  @Test
  void asksOnceForManyReads() {
    for (int i = 0; i < 100; i++) {
      assertThat(clocks.recent("veridian")).isEqualTo(usual);
    }
    assertThat(world.timeManager.asked()).isEqualTo(1);
  }

  @Test
  void seesAChangeAfterASecond() {
    clocks.recent("veridian");
    world.timeManager.set(Clocks.anchored(Clocks.ANCHOR, Duration.ofHours(7), 1));
    assertThat(clocks.recent("veridian")).isEqualTo(usual);
    world.time.pass(WorldClocks.FRESH);
    assertThat(clocks.recent("veridian")).isEqualTo(slow);
  }

  @Test
  void asksForEachWrite() {
    clocks.recent("veridian");
    world.timeManager.set(Clocks.anchored(Clocks.ANCHOR, Duration.ofHours(7), 1));
    assertThat(clocks.current("veridian")).isEqualTo(slow);
    assertThat(clocks.recent("veridian")).isEqualTo(slow);
  }

  @Test
  void goesOnWithTheLastClockForAWhileWhenTheTimeManagerIsAway() {
    clocks.recent("veridian");
    world.timeManager.away(true);
    world.time.pass(WorldClocks.TRUSTED);
    assertThat(clocks.recent("veridian")).isEqualTo(usual);
    world.time.pass(Duration.ofSeconds(1));
    assertUnavailable(() -> clocks.recent("veridian"));
    world.timeManager.away(false);
    assertThat(clocks.recent("veridian")).isEqualTo(usual);
  }

  @Test
  void asksATimeManagerThatIsAwayOnceASecond() {
    clocks.recent("veridian");
    world.timeManager.away(true);
    world.time.pass(WorldClocks.FRESH);
    for (int i = 0; i < 100; i++) {
      clocks.recent("veridian");
    }
    assertThat(world.timeManager.asked()).isEqualTo(2);
  }

  @Test
  void waitsForASlowTimeManagerOnlyWhereThereIsNoClockToGoOnWith() {
    world.timeManager.slow(Duration.ofSeconds(1));
    world.timeManager.set(Clocks.anchored(Clocks.ANCHOR, Duration.ofHours(7), 1));
    assertThat(clocks.recent("veridian")).isEqualTo(slow);
    world.timeManager.set(Clocks.usual());
    assertThat(clocks.current("veridian")).isEqualTo(usual);

    world.timeManager.set(Clocks.anchored(Clocks.ANCHOR, Duration.ofHours(7), 1));
    world.time.pass(WorldClocks.FRESH);
    assertThat(clocks.recent("veridian")).isEqualTo(usual);
    assertThat(world.timeManager.asked()).isEqualTo(3);
  }

  @Test
  void knowsNoClockThatWasNeverGiven() {
    world.timeManager.away(true);
    assertUnavailable(() -> clocks.recent("veridian"));
    assertUnavailable(() -> clocks.current("veridian"));
  }

  private static void assertUnavailable(Runnable call) {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(call::run)
        .satisfies(e -> {
          assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
          assertThat(e.message()).contains("veridian").contains("time-manager");
          assertThat(e.mayHaveExecuted()).isFalse();
        });
  }
}
