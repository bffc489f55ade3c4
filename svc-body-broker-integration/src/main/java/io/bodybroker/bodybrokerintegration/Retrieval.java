package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.death.Debt;
import java.util.Optional;

/** How a player gets the own corpse back. */
final class Retrieval {
  private Retrieval() {}

  /**
   * The player with debt and corpse no more.
   *
   * @param bribe the part for the Corpse-Tender; empty if the player goes there
   */
  static Broker of(Broker broker, String bribe, Worlds worlds) {
    broker.requireAlive();
    if (!broker.debt().corpseWaits()) {
      throw Parts.refused("no corpse of player \"%s\" lies anywhere".formatted(broker.player()));
    }
    var cleared = broker.with(broker.debt().cleared());
    if (bribe.isEmpty()) {
      return cleared;
    }
    var part = broker.requirePart(bribe);
    var now = worlds.now(part.getWorldId());
    Parts.requireUsable(part, now);
    long worth = (long) (Parts.value(part) * Parts.keeping(part).freshness(now.millis()));
    if (worth < Debt.LEAST_BRIBE) {
      throw Parts.refused(
          "part \"%s\" is worth %d, and the Corpse-Tender wants %d"
              .formatted(bribe, worth, Debt.LEAST_BRIBE));
    }
    return cleared.withParts(held -> Optional.of(held).filter(kept -> !kept.equals(part)));
  }
}
