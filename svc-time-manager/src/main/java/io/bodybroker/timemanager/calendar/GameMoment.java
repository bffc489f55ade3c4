package io.bodybroker.timemanager.calendar;

import io.bodybroker.common.v1.DayPhase;
import io.bodybroker.common.v1.GameTime;
import io.bodybroker.common.v1.MoonPhase;
import io.bodybroker.common.v1.Season;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A point in a world's time: how long after the calendar's beginning, year 1, month 1, day 1,
 * 00:00:00.
 *
 * <p>A year has 12 months of 30 days. Months 3 to 5 are spring, 6 to 8 summer, 9 to 11 fall, the
 * others winter. The moon is new when the calendar begins, and again every 28 days.
 *
 * @param elapsed since the beginning; not negative
 */
public record GameMoment(Duration elapsed) implements Comparable<GameMoment> {
  /** The calendar's beginning. */
  public static final GameMoment BEGINNING = new GameMoment(Duration.ZERO);

  /** The last year a caller may name; clocks run on after it. */
  public static final int MAX_YEAR = 9999;

  private static final int MONTHS = 12;
  private static final int DAYS = 30;
  private static final int MOON_CYCLE = 28;

  /** Refuses moments before the beginning. */
  public GameMoment {
    if (elapsed.isNegative()) {
      throw new IllegalArgumentException("elapsed: " + elapsed + " (expected: not negative)");
    }
  }

  /**
   * The moment of a date in the calendar.
   *
   * @param field where the date came from, for the error
   * @throws ServiceException {@code INVALID_ARGUMENT} naming each field out of its range
   */
  public static GameMoment of(GameTime date, String field) {
    var violations = new ArrayList<FieldViolation>();
    check(violations, field + ".year", date.getYear(), 1, MAX_YEAR);
    check(violations, field + ".month", date.getMonth(), 1, MONTHS);
    check(violations, field + ".day", date.getDay(), 1, DAYS);
    check(violations, field + ".hour", date.getHour(), 0, 23);
    check(violations, field + ".minute", date.getMinute(), 0, 59);
    check(violations, field + ".second", date.getSecond(), 0, 59);
    if (!violations.isEmpty()) {
      throw ServiceException.invalidArgument(violations);
    }
    long days = ((date.getYear() - 1L) * MONTHS + date.getMonth() - 1) * DAYS + date.getDay() - 1;
    return new GameMoment(
        Duration.ofDays(days)
            .plusHours(date.getHour())
            .plusMinutes(date.getMinute())
            .plusSeconds(date.getSecond()));
  }

  private static void check(
      List<FieldViolation> violations, String field, int value, int min, int max) {
    if (value < min || value > max) {
      violations.add(new FieldViolation(field, Integer.toString(value), min + " to " + max));
    }
  }

  /** The beginning of an hour, counted from 0 as {@link #hours()} does. */
  public static GameMoment ofHour(long hours) {
    return new GameMoment(Duration.ofHours(hours));
  }

  /** The beginning of a day, counted from 0 as {@link #days()} does. */
  public static GameMoment ofDay(long days) {
    return new GameMoment(Duration.ofDays(days));
  }

  /** Whole hours since the beginning. */
  public long hours() {
    return elapsed.toHours();
  }

  /** Whole days since the beginning. */
  public long days() {
    return elapsed.toDays();
  }

  /** Its date in the calendar; parts of a second are left off. */
  public GameTime date() {
    return GameTime.newBuilder()
        .setYear(Math.toIntExact(days() / (MONTHS * DAYS) + 1))
        .setMonth(month())
        .setDay((int) (days() % DAYS) + 1)
        .setHour(elapsed.toHoursPart())
        .setMinute(elapsed.toMinutesPart())
        .setSecond(elapsed.toSecondsPart())
        .build();
  }

  private int month() {
    return (int) (days() / DAYS % MONTHS) + 1;
  }

  /** The part of the day. */
  public DayPhase dayPhase() {
    int hour = elapsed.toHoursPart();
    if (hour < 1) {
      return DayPhase.MIDNIGHT;
    } else if (hour < 5 || hour >= 20) {
      return DayPhase.NIGHT;
    } else if (hour < 7) {
      return DayPhase.DAWN;
    } else if (hour < 11) {
      return DayPhase.MORNING;
    } else if (hour < 13) {
      return DayPhase.NOON;
    }
    return hour < 18 ? DayPhase.AFTERNOON : DayPhase.DUSK;
  }

  /** The moon's shape; it waxes for 14 days and wanes in mirror image. */
  public MoonPhase moonPhase() {
    int age = (int) (days() % MOON_CYCLE);
    int fromNew = Math.min(age, MOON_CYCLE - age);
    if (fromNew <= 1) {
      return MoonPhase.NEW;
    } else if (fromNew <= 5) {
      return MoonPhase.CRESCENT;
    } else if (fromNew <= 8) {
      return MoonPhase.HALF;
    }
    return fromNew <= 12 ? MoonPhase.GIBBOUS : MoonPhase.FULL;
  }

  /** The season. */
  public Season season() {
    return switch (month()) {
      case 3, 4, 5 -> Season.SPRING;
      case 6, 7, 8 -> Season.SUMMER;
      case 9, 10, 11 -> Season.FALL;
      default -> Season.WINTER;
    };
  }

  /** This much later. */
  public GameMoment plus(Duration time) {
    return new GameMoment(elapsed.plus(time));
  }

  /** How long after another moment this one is; negative if before. */
  public Duration since(GameMoment other) {
    return elapsed.minus(other.elapsed);
  }

  /** Whether this is later than another moment. */
  public boolean isAfter(GameMoment other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(GameMoment other) {
    return elapsed.compareTo(other.elapsed);
  }

  /** As a date: {@code 12-03-30 07:05:00}. */
  @Override
  public String toString() {
    var date = date();
    return "%d-%02d-%02d %02d:%02d:%02d"
        .formatted(
            date.getYear(),
            date.getMonth(),
            date.getDay(),
            date.getHour(),
            date.getMinute(),
            date.getSecond());
  }
}
