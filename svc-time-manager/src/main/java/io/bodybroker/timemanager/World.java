package io.bodybroker.timemanager;

import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.timemanager.calendar.GameClock;
import io.bodybroker.timemanager.calendar.Scale;
import io.bodybroker.timemanager.state.v1.Announcement;
import io.bodybroker.timemanager.state.v1.StoredWorld;
import java.time.Instant;
import java.util.Optional;

/**
 * A world as stored: its clock, and up to which hour there are events.
 *
 * <p>The revision of the document with which hours {@linkplain #withHoursPassed pass} is their
 * event: the store's feed makes it of that revision, which only one instance can write.
 *
 * @param stored the document
 */
record World(StoredWorld stored) {
  /**
   * A world nobody has changed, from now on with a document. What passed before is not announced.
   */
  static World unchanged(Instant now) {
    var clock = GameClock.DEFAULT;
    return new World(StoredWorld.newBuilder().setAnnouncedHour(clock.at(now).hours()).build())
        .withClock(clock, false);
  }

  /** The world of a document, or the unchanged one. */
  static World of(Optional<StoredWorld> stored, Instant now) {
    return stored.map(World::new).orElseGet(() -> unchanged(now));
  }

  GameClock clock() {
    return new GameClock(
        ProtoTimes.instant(stored.getRealAnchor()),
        Wire.moment(stored.getGameAnchor()),
        Wire.moment(stored.getTarget()),
        new Scale(stored.getScaleThousandths()),
        stored.getTimeline());
  }

  /** With a clock that runs on from the one before. */
  World withClock(GameClock clock) {
    return withClock(clock, stored.getJumped());
  }

  /**
   * With a clock that was set. A jump within the hour that was announced last passes no boundary.
   */
  World jumpedTo(GameClock clock) {
    return withClock(clock, clock.gameAnchor().hours() != stored.getAnnouncedHour());
  }

  private World withClock(GameClock clock, boolean jumped) {
    return new World(
        stored.toBuilder()
            .setRealAnchor(ProtoTimes.timestamp(clock.realAnchor()))
            .setGameAnchor(Wire.elapsed(clock.gameAnchor()))
            .setTarget(Wire.elapsed(clock.target()))
            .setScaleThousandths(clock.scale().thousandths())
            .setTimeline(clock.timeline())
            .setJumped(jumped)
            .clearAnnouncement()
            .build());
  }

  /** Whether there are hours that have passed and have no event. */
  boolean hasHoursPassed(Instant now) {
    return hasPassedBoundary(clock().at(now).hours());
  }

  /** But for a jump only forward: an instance whose wall clock is behind sees an earlier hour. */
  private boolean hasPassedBoundary(long hour) {
    return stored.getJumped()
        ? hour != stored.getAnnouncedHour()
        : hour > stored.getAnnouncedHour();
  }

  /** With all hours that have passed; this very world if none have. */
  World withHoursPassed(Instant now) {
    if (!hasHoursPassed(now)) {
      return this;
    }
    long hour = clock().at(now).hours();
    var passed =
        Announcement.newBuilder()
            .setFromHour(stored.getAnnouncedHour())
            .setToHour(hour)
            .setJumped(stored.getJumped())
            .setTimeline(stored.getTimeline());
    return new World(
        stored.toBuilder().setAnnouncement(passed).setAnnouncedHour(hour).setJumped(false).build());
  }
}
