package io.bodybroker.weathermanager;

import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.timemanager.v1.WorldClock;
import java.time.Duration;
import java.time.Instant;

/** Clocks as the time-manager hands them out. */
final class Clocks {
  /** The moment at which the clocks here are anchored. */
  static final Instant ANCHOR = Instant.parse("2026-01-01T00:00:00Z");

  private Clocks() {}

  /** The clock of a world nobody has changed. */
  static WorldClock usual() {
    return anchored(ANCHOR, Duration.ofHours(7), 60);
  }

  static WorldClock anchored(Instant real, Duration sinceFirst, double scale) {
    return WorldClock.newBuilder()
        .setRealAnchor(ProtoTimes.timestamp(real))
        .setGameAnchor(ProtoTimes.duration(sinceFirst))
        .setTimeScale(scale)
        .build();
  }

  static WorldClock catchingUp(Instant real, Duration sinceFirst, double scale, Duration target) {
    var clock = anchored(real, sinceFirst, scale).toBuilder();
    clock.getCatchUpBuilder().setTarget(ProtoTimes.duration(target)).setTimeScale(60 * scale);
    return clock.build();
  }
}
