package io.bodybroker.bodybrokerintegration;

import io.bodybroker.common.v1.GameTime;
import io.bodybroker.common.v1.MoonPhase;
import io.bodybroker.timemanager.v1.WorldTime;
import java.time.Duration;
import java.time.Instant;

/**
 * The time in a world at one moment.
 *
 * @param world the world
 * @param real the real time it is for
 * @param millis game time in milliseconds since year 1, month 1, day 1, 00:00
 * @param scale game seconds a real second
 * @param moon the moon's shape
 */
record WorldNow(String world, Instant real, long millis, double scale, MoonPhase moon) {
  private static final long SECOND = 1000;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int DAYS_PER_MONTH = 30;
  private static final int MONTHS_PER_YEAR = 12;

  static WorldNow of(WorldTime time, Instant real) {
    return new WorldNow(
        time.getWorldId(),
        real,
        millis(time.getGameTime()),
        time.getTimeScale(),
        time.getMoonPhase());
  }

  /** The same world a little later, if its clock runs on. */
  WorldNow at(Instant later) {
    long passed = Math.round(Duration.between(real, later).toMillis() * scale);
    return new WorldNow(world, later, millis + Math.max(0, passed), scale, moon);
  }

  /** The day of the calendar, from 0. */
  long day() {
    return Math.floorDiv(millis, DAY);
  }

  /** The real time at which the clock will show a game time, if it runs on. */
  Instant when(long gameMillis) {
    return real.plusMillis((long) ((gameMillis - millis) / scale));
  }

  private static long millis(GameTime time) {
    long months = (time.getYear() - 1L) * MONTHS_PER_YEAR + time.getMonth() - 1;
    long days = months * DAYS_PER_MONTH + time.getDay() - 1;
    return days * DAY
        + Duration.ofHours(time.getHour()).toMillis()
        + Duration.ofMinutes(time.getMinute()).toMillis()
        + time.getSecond() * SECOND;
  }

  /** A game time as calendar and clock show it. */
  static GameTime calendar(long gameMillis) {
    long days = Math.floorDiv(gameMillis, DAY);
    long months = Math.floorDiv(days, DAYS_PER_MONTH);
    var clock = Duration.ofMillis(Math.floorMod(gameMillis, DAY));
    return GameTime.newBuilder()
        .setYear((int) (1 + Math.floorDiv(months, MONTHS_PER_YEAR)))
        .setMonth(1 + Math.floorMod(months, MONTHS_PER_YEAR))
        .setDay(1 + Math.floorMod(days, DAYS_PER_MONTH))
        .setHour(clock.toHoursPart())
        .setMinute(clock.toMinutesPart())
        .setSecond(clock.toSecondsPart())
        .build();
  }
}
