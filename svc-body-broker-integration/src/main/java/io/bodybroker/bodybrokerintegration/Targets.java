package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.state.v1.StoredTarget;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Store;

/**
 * Who has died, and by whom. Who dies is written down first, then the kill counts for the player,
 * then that is written down; who asks again goes on from where it was left.
 */
final class Targets {
  private final Store<StoredTarget> store;
  private final Brokers brokers;

  Targets(Store<StoredTarget> store, Brokers brokers) {
    this.store = store;
    this.brokers = brokers;
  }

  /**
   * Records a kill, once.
   *
   * @return the kill as it was recorded first
   * @throws ServiceException {@code ALREADY_EXISTS} if another player was faster
   */
  Kill record(Kill kill) {
    var corpse = kill.target().getCorpse();
    var key = Kill.key(corpse.getWorldId(), corpse.getTargetId());
    var stored = store.update(key, current -> current.orElse(kill.target())).value();
    var player = kill.target().getPlayerId();
    if (!stored.getPlayerId().equals(player)) {
      throw ServiceException.of(
          ErrorCode.ALREADY_EXISTS,
          "target \"%s\" was killed by another player".formatted(corpse.getTargetId()));
    }
    var first = new Kill(stored);
    if (!stored.getCounted()) {
      brokers.update(player, first::countedBy);
      store.update(key, current -> current.orElse(stored).toBuilder().setCounted(true).build());
    }
    return first;
  }
}
