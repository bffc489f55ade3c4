package io.bodybroker.timemanager;

import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.timemanager.state.v1.Lease;
import java.time.Duration;
import java.time.Instant;

/**
 * The leases one instance takes: work it has taken on, for which it is taken for dead if it is not
 * done in time.
 *
 * <p>Whoever takes work on writes so with compare-and-set before it acts, so two instances that
 * live never do the same. One that is paused for longer than the term may find its work done by
 * another: that is why what is published carries an id that stays the same.
 *
 * @param owner this instance; nobody else may have the same
 */
record Leases(String owner) {
  /** Far above what publishing takes, and above how much the clocks of two instances differ. */
  static final Duration TERM = Duration.ofSeconds(10);

  Lease take(Instant now) {
    return Lease.newBuilder()
        .setOwner(owner)
        .setUntil(ProtoTimes.timestamp(now.plus(TERM)))
        .build();
  }

  /** Whether this instance is the one to do the work. */
  boolean isHeld(Lease lease) {
    return lease.getOwner().equals(owner);
  }

  /** Whether this instance may take the work over. */
  boolean isFree(Lease lease, Instant now) {
    return isHeld(lease) || now.isAfter(ProtoTimes.instant(lease.getUntil()));
  }
}
