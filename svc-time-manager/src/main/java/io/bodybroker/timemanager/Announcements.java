package io.bodybroker.timemanager;

import com.google.protobuf.Message;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.timemanager.calendar.GameMoment;
import io.bodybroker.timemanager.state.v1.Announcement;
import io.bodybroker.timemanager.state.v1.StoredWorld;
import io.bodybroker.timemanager.v1.DayChanged;
import io.bodybroker.timemanager.v1.HourChanged;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The events that a revision of a world is, if hours passed with it. */
record Announcements(String worldId, Announcement announcement) {
  /** What the store's change feed makes of each revision: the hours, and then the days. */
  static final FeedSpec<StoredWorld> FEED =
      FeedSpec.ofSeveral(
          List.of(HourChanged.getDefaultInstance(), DayChanged.getDefaultInstance()),
          Announcements::of);

  private static List<? extends Message> of(Change<StoredWorld> change) {
    return switch (change) {
      case Change.Put<StoredWorld> put when put.value().hasAnnouncement() ->
          new Announcements(put.key(), put.value().getAnnouncement()).events();
      case Change.Put<StoredWorld> put -> List.of();
      case Change.Deleted<StoredWorld> deleted -> List.of();
    };
  }

  private List<Message> events() {
    return Stream.concat(Stream.of(hourChanged()), dayChanged().stream())
        .<Message>map(event -> event)
        .toList();
  }

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
}
