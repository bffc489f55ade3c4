package io.bodybroker.timemanager;

import io.bodybroker.timemanager.calendar.GameMoment;
import io.bodybroker.timemanager.state.v1.Announcement;
import io.bodybroker.timemanager.v1.DayChanged;
import io.bodybroker.timemanager.v1.HourChanged;
import java.util.Optional;

/**
 * An announcement as the events it stands for, with their ids, which are the same whichever
 * instance publishes them.
 */
record Announcements(String worldId, Announcement announcement) {
  HourChanged hourChanged() {
    var to = GameMoment.ofHour(announcement.getToHour());
    return HourChanged.newBuilder()
        .setWorldId(worldId)
        .setFrom(GameMoment.ofHour(announcement.getFromHour()).date())
        .setTo(to.date())
        .setHours(announcement.getToHour() - announcement.getFromHour())
        .setJumped(announcement.getJumped())
        .setTimeline(announcement.getTimeline())
        .setDayPhase(to.dayPhase())
        .setSeason(to.season())
        .build();
  }

  /** Empty if the hours are of one day. */
  Optional<DayChanged> dayChanged() {
    long from = GameMoment.ofHour(announcement.getFromHour()).days();
    long to = GameMoment.ofHour(announcement.getToHour()).days();
    if (from == to) {
      return Optional.empty();
    }
    var day = GameMoment.ofDay(to);
    return Optional.of(
        DayChanged.newBuilder()
            .setWorldId(worldId)
            .setFrom(GameMoment.ofDay(from).date())
            .setTo(day.date())
            .setDays(to - from)
            .setJumped(announcement.getJumped())
            .setTimeline(announcement.getTimeline())
            .setMoonPhase(day.moonPhase())
            .setSeason(day.season())
            .build());
  }

  /** Within a timeline hours only grow, so an hour is reached once. */
  String hourId() {
    return worldId + ":" + announcement.getTimeline() + ":h" + announcement.getToHour();
  }

  String dayId() {
    return worldId
        + ":"
        + announcement.getTimeline()
        + ":d"
        + GameMoment.ofHour(announcement.getToHour()).days();
  }
}
