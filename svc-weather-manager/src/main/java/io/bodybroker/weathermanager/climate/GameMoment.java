package io.bodybroker.weathermanager.climate;

import io.bodybroker.common.v1.GameTime;
import java.time.Duration;

/**
 * A moment in a world's calendar, which has 12 months of 30 days and four seasons of 90 days.
 * Spring begins with month 3, so the first winter of the calendar is cut short: it has its last 60
 * days only.
 *
 * @param millis milliseconds of game time since year 1, month 1, day 1, 00:00
 */
public record GameMoment(long millis) implements Comparable<GameMoment> {
  static final long MILLIS_PER_MINUTE = 60_000;
  static final int MINUTES_PER_HOUR = 60;
  static final int MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;

  private static final int DAYS_PER_MONTH = 30;
  private static final int MONTHS_PER_YEAR = 12;
  private static final int DAYS_PER_SEASON = 3 * DAYS_PER_MONTH;

  /** The beginning of the calendar. */
  static final GameMoment FIRST = new GameMoment(0);

  /** The beginning of a minute, counted as {@link #millis} is. */
  static GameMoment ofMinute(long minute) {
    return new GameMoment(minute * MILLIS_PER_MINUTE);
  }

  /** The moment this long after the calendar's beginning. */
  public static GameMoment of(Duration sinceFirst) {
    return new GameMoment(sinceFirst.toMillis());
  }

  /** How long after the calendar's beginning this is. */
  public Duration sinceFirst() {
    return Duration.ofMillis(millis);
  }

  /** The moment this much later, or earlier if negative. */
  public GameMoment plus(Duration duration) {
    return new GameMoment(millis + duration.toMillis());
  }

  /** How long after another moment this is. */
  public Duration since(GameMoment other) {
    return Duration.ofMillis(millis - other.millis);
  }

  /** Whether this comes before another moment. */
  public boolean isBefore(GameMoment other) {
    return millis < other.millis;
  }

  /** The beginning of the second it is in. */
  public GameMoment wholeSecond() {
    return new GameMoment(millis - Math.floorMod(millis, 1000));
  }

  /** The moment before this one. */
  GameMoment previous() {
    return new GameMoment(millis - 1);
  }

  long minute() {
    return Math.floorDiv(millis, MILLIS_PER_MINUTE);
  }

  /** The season's number: 0 is the first winter, 1 the first spring. */
  long season() {
    long day = Math.floorDiv(minute(), MINUTES_PER_DAY);
    return Math.floorDiv(day + DAYS_PER_MONTH, DAYS_PER_SEASON);
  }

  /** The climate of the season it is. */
  public Climate climate() {
    return Climate.ofSeason(season());
  }

  /** The first minute of a season; for season 0 that of the calendar. */
  static long firstMinute(long season) {
    return Math.max(0, (season * DAYS_PER_SEASON - DAYS_PER_MONTH) * MINUTES_PER_DAY);
  }

  /** The moment as calendar and clock show it. */
  public GameTime toGameTime() {
    long seconds = Math.floorDiv(millis, 1000);
    long minutes = minute();
    long days = Math.floorDiv(minutes, MINUTES_PER_DAY);
    long months = Math.floorDiv(days, DAYS_PER_MONTH);
    return GameTime.newBuilder()
        .setYear((int) (1 + Math.floorDiv(months, MONTHS_PER_YEAR)))
        .setMonth(1 + Math.floorMod(months, MONTHS_PER_YEAR))
        .setDay(1 + Math.floorMod(days, DAYS_PER_MONTH))
        .setHour(Math.floorMod(minutes, MINUTES_PER_DAY) / MINUTES_PER_HOUR)
        .setMinute(Math.floorMod(minutes, MINUTES_PER_HOUR))
        .setSecond(Math.floorMod(seconds, 60))
        .build();
  }

  @Override
  public int compareTo(GameMoment other) {
    return Long.compare(millis, other.millis);
  }
}
