package io.bodybroker.bodybrokerintegration.deal;

import io.bodybroker.bodybrokerintegration.state.v1.Lease;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;

/**
 * The leases one instance takes on deals: who holds one is the only one to go on with the deal,
 * unless it is not heard of for so long that it must be dead.
 *
 * <p>A lease is written with compare-and-set before anything is done, and anew with each step. One
 * that was only thought dead goes on for one call at most, since its next write fails; that is why
 * each call can be repeated without a second effect.
 *
 * @param owner this instance; nobody else may have the same
 */
public record Leases(String owner) {
  /** Far above what one step takes, and above how much the clocks of two instances differ. */
  public static final Duration TERM = Duration.ofSeconds(10);

  /** The deal, held by this instance from now on. */
  public StoredDeal taken(StoredDeal deal, Instant now) {
    var lease = Lease.newBuilder().setOwner(owner).setUntil(ProtoTimes.timestamp(now.plus(TERM)));
    return deal.toBuilder().setLease(lease).build();
  }

  /** The deal, held by nobody. */
  public static StoredDeal released(StoredDeal deal) {
    return deal.toBuilder().clearLease().build();
  }

  /** From when on a deal on its way may be taken up by another than who holds it. */
  public static Instant freeFrom(StoredDeal deal) {
    if (deal.hasLease()) {
      return ProtoTimes.instant(deal.getLease().getUntil());
    }
    return deal.hasRetryAt() ? ProtoTimes.instant(deal.getRetryAt()) : Instant.EPOCH;
  }
}
