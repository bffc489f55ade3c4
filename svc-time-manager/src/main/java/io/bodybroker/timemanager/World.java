package io.bodybroker.timemanager;

import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.timemanager.calendar.GameClock;
import io.bodybroker.timemanager.calendar.Scale;
import io.bodybroker.timemanager.state.v1.Announcement;
import io.bodybroker.timemanager.state.v1.StoredWorld;
import java.time.Instant;
import java.util.Optional;

/**
 * A world as stored: its clock, and up to which hour events were published.
 *
 * <p>Publishing takes three steps, so that a crash anywhere neither loses an hour nor makes two
 * events of it: an instance {@linkplain #claim claims} the hours that have passed, publishes, and
 * marks them {@linkplain #announced announced}. Until then no other claim is made; an instance that
 * dies in between is replaced by another, which publishes the same under the same ids.
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
            .build());
  }

  /**
   * Whether there are hours to announce, or an announcement to finish, that {@code leases}'
   * instance may take on.
   */
  boolean isClaimable(Instant now, Leases leases) {
    return stored.hasAnnouncement()
        ? leases.isFree(stored.getAnnouncement().getLease(), now)
        : hasPassedBoundary(clock().at(now).hours());
  }

  /** But for a jump only forward: an instance whose wall clock is behind sees an earlier hour. */
  private boolean hasPassedBoundary(long hour) {
    return stored.getJumped()
        ? hour != stored.getAnnouncedHour()
        : hour > stored.getAnnouncedHour();
  }

  /**
   * With all hours passed claimed by an instance, or an unfinished claim taken over; this very
   * world if there is nothing to do.
   */
  World claim(Instant now, Leases leases) {
    if (!isClaimable(now, leases)) {
      return this;
    }
    var next = stored.toBuilder();
    if (!stored.hasAnnouncement()) {
      long hour = clock().at(now).hours();
      next.setAnnouncement(
              Announcement.newBuilder()
                  .setFromHour(stored.getAnnouncedHour())
                  .setToHour(hour)
                  .setJumped(stored.getJumped())
                  .setTimeline(stored.getTimeline()))
          .setAnnouncedHour(hour)
          .setJumped(false);
    }
    next.getAnnouncementBuilder().setLease(leases.take(now));
    return new World(next.build());
  }

  /** What an instance has claimed and not yet announced. */
  Optional<Announcement> claimed(Leases leases) {
    return Optional.of(stored.getAnnouncement())
        .filter(announcement -> stored.hasAnnouncement() && leases.isHeld(announcement.getLease()));
  }

  /** With an announcement done; this very world if another instance has taken it over. */
  World announced(Announcement done) {
    return stored.hasAnnouncement() && stored.getAnnouncement().equals(done)
        ? new World(stored.toBuilder().clearAnnouncement().build())
        : this;
  }
}
