package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.deal.Refusal;
import io.bodybroker.bodybrokerintegration.deal.Step;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Sets the parts of a deal aside, in the player's document. A deal whose parts cannot be had has
 * ended for the player as well: that is written, so that a call that comes late, from an instance
 * that was thought dead, does not set aside for a deal that has failed what is free by then.
 */
final class PartsStep implements Step {
  private final Brokers brokers;
  private final Worlds worlds;
  private final InstantSource time;
  private final StepGate gate;

  /**
   * @param gate where a test stops an instance that is about to write
   */
  PartsStep(Brokers brokers, Worlds worlds, InstantSource time, StepGate gate) {
    this.brokers = brokers;
    this.worlds = worlds;
    this.time = time;
    this.gate = gate;
  }

  @Override
  public void apply(StoredDeal deal, Duration patience) {
    var now = worlds.now(deal.getWorldId());
    gate.reserving();
    try {
      brokers.update(deal.getPlayerId(), broker -> new Settlement(deal).reserve(broker, now));
    } catch (ServiceException e) {
      if (Refusal.isForGood(e)) {
        release(deal);
      }
      throw e;
    }
  }

  @Override
  public void undo(StoredDeal deal, Duration patience) {
    release(deal);
  }

  private void release(StoredDeal deal) {
    var now = time.instant();
    brokers.update(deal.getPlayerId(), broker -> new Settlement(deal).release(broker, now));
  }
}
