package io.bodybroker.capabilityregistry;

import io.bodybroker.capabilityregistry.state.v1.StoredRegistration;
import io.bodybroker.capabilityregistry.state.v1.StoredRemoval;
import io.bodybroker.capabilityregistry.v1.Capability;
import io.bodybroker.capabilityregistry.v1.CapabilityMetrics;
import io.bodybroker.capabilityregistry.v1.Registration;
import io.bodybroker.capabilityregistry.v1.RemovalReason;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A registration at one moment. It is online until its end, whether or not anybody has written down
 * that it is over; that it went offline is told once, by whoever writes it down first: a sweep, or
 * the registration that follows.
 *
 * <p>A value that knows no store: each change gives what is stored next.
 *
 * @param stored the registration as stored
 * @param now the moment
 */
record Lease(StoredRegistration stored, Instant now) {
  /** How long it lasts after it was last heard of. */
  static final Duration LENGTH = Duration.ofMinutes(5);

  /** When the next heartbeat should come: two may be lost. */
  static final Duration HEARTBEAT = LENGTH.dividedBy(3);

  /** How long one that is offline is remembered. */
  static final Duration MEMORY = Duration.ofDays(1);

  boolean isOnline() {
    return !stored.hasRemoval() && now.isBefore(end());
  }

  /** Whether it went offline, and that was not written down. */
  boolean isToBeRemoved() {
    return !stored.hasRemoval() && !isOnline();
  }

  /** Whether it need no longer be remembered. */
  boolean isToBeForgotten() {
    return stored.hasRemoval()
        && !now.isBefore(ProtoTimes.instant(stored.getRemoval().getRemovedAt()).plus(MEMORY));
  }

  private Instant end() {
    return ProtoTimes.instant(stored.getRegistration().getExpiresAt());
  }

  /** The registration as callers see it. */
  Registration registration() {
    return stored.getRegistration().toBuilder().setOnline(isOnline()).build();
  }

  /**
   * What follows when a service registers.
   *
   * @param before what there was under its name
   * @param wanted what it says of itself
   */
  static StoredRegistration register(
      Optional<StoredRegistration> before, Registration wanted, Instant now) {
    var old = before.map(stored -> new Lease(stored, now));
    var online = old.filter(Lease::isOnline).map(Lease::stored);
    var registration =
        renewed(wanted.toBuilder(), now)
            .setRegisteredAt(
                online
                    .map(stored -> stored.getRegistration().getRegisteredAt())
                    .orElse(ProtoTimes.timestamp(now)))
            .build();
    var next =
        StoredRegistration.newBuilder()
            .setRegistration(registration)
            .setToldRegistration(
                online.map(stored -> isOther(stored.getRegistration(), wanted)).orElse(true));
    old.filter(Lease::isToBeRemoved).ifPresent(lapsed -> next.setToldRemoval(lapsed.lapsed()));
    return next.build();
  }

  private static boolean isOther(Registration was, Registration wanted) {
    return !was.getCapabilitiesList().equals(wanted.getCapabilitiesList())
        || !was.getMetadataMap().equals(wanted.getMetadataMap());
  }

  /** What follows a heartbeat of one that is online. */
  StoredRegistration heartbeat(List<CapabilityMetrics> metrics) {
    var registration = renewed(stored.getRegistration().toBuilder(), now);
    for (CapabilityMetrics figures : metrics) {
      for (int i = 0; i < registration.getCapabilitiesCount(); i++) {
        Capability.Builder capability = registration.getCapabilitiesBuilder(i);
        if (capability.getCapabilityId().equals(figures.getCapabilityId())) {
          capability.setAverageLatency(figures.getAverageLatency());
        }
      }
    }
    return StoredRegistration.newBuilder().setRegistration(registration).build();
  }

  private static Registration.Builder renewed(Registration.Builder registration, Instant now) {
    return registration
        .setLastHeartbeatAt(ProtoTimes.timestamp(now))
        .setExpiresAt(ProtoTimes.timestamp(now.plus(LENGTH)));
  }

  /** What follows when one that is online is taken back. */
  StoredRegistration deregister() {
    return removed(
        StoredRemoval.newBuilder()
            .setReason(RemovalReason.DEREGISTERED)
            .setRemovedAt(ProtoTimes.timestamp(now))
            .build());
  }

  /** What follows when it is noticed that it has lapsed; the same if it has not, or it was. */
  StoredRegistration lapse() {
    return isToBeRemoved() ? removed(lapsed()) : stored;
  }

  private StoredRemoval lapsed() {
    return StoredRemoval.newBuilder()
        .setReason(RemovalReason.LAPSED)
        .setRemovedAt(stored.getRegistration().getExpiresAt())
        .build();
  }

  private StoredRegistration removed(StoredRemoval removal) {
    return StoredRegistration.newBuilder()
        .setRegistration(stored.getRegistration())
        .setRemoval(removal)
        .setToldRemoval(removal)
        .build();
  }
}
