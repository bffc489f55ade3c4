package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.deal.Step;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import java.time.Duration;
import java.time.InstantSource;

/** Closes the books of a deal, in the player's document. The last step: it is never undone. */
final class SettlementStep implements Step {
  private final Brokers brokers;
  private final InstantSource time;

  SettlementStep(Brokers brokers, InstantSource time) {
    this.brokers = brokers;
    this.time = time;
  }

  @Override
  public void apply(StoredDeal deal, Duration patience) {
    var now = time.instant();
    brokers.update(deal.getPlayerId(), broker -> new Settlement(deal).settle(broker, now));
  }

  @Override
  public void undo(StoredDeal deal, Duration patience) {
    throw new IllegalStateException("the books of a deal are closed for good");
  }
}
