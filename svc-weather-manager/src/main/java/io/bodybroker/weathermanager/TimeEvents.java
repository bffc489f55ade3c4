package io.bodybroker.weathermanager;

import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.timemanager.v1.DayChanged;
import io.bodybroker.timemanager.v1.HourChanged;

/**
 * What weather-manager wants to know of the worlds' clocks. Both look at what there is when they
 * are handled, so an event that comes late or again does no harm, and those of the past are of no
 * use.
 */
final class TimeEvents {
  /**
   * At an hour that has begun the weather is looked at: it may have changed, or been jumped over.
   */
  static final ConsumerSpec<HourChanged> HOURS =
      ConsumerSpec.builder("weather-hours", HourChanged.getDefaultInstance())
          .fromNow()
          .attempts(20)
          .build();

  /** At a day that has begun forced weather that is long over is forgotten. */
  static final ConsumerSpec<DayChanged> DAYS =
      ConsumerSpec.builder("weather-days", DayChanged.getDefaultInstance())
          .fromNow()
          .attempts(20)
          .build();

  private TimeEvents() {}
}
