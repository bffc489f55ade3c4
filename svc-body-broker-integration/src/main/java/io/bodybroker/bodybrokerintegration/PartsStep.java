package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.deal.Step;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import java.time.Duration;

/** Sets the parts of a deal aside, in the player's document. */
final class PartsStep implements Step {
  private final Brokers brokers;
  private final Worlds worlds;

  PartsStep(Brokers brokers, Worlds worlds) {
    this.brokers = brokers;
    this.worlds = worlds;
  }

  @Override
  public void apply(StoredDeal deal, Duration patience) {
    var now = worlds.now(deal.getWorldId());
    brokers.update(deal.getPlayerId(), broker -> new Settlement(deal).reserve(broker, now));
  }

  @Override
  public void undo(StoredDeal deal, Duration patience) {
    brokers.update(deal.getPlayerId(), broker -> new Settlement(deal).release(broker));
  }
}
