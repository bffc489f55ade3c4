package io.bodybroker.questsystem;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Wallets that pay once for a quest, as the payment service does, and can be away. */
final class FakeWallets implements Wallets {
  private final Map<String, Long> paid = new LinkedHashMap<>();
  private boolean isAway;
  private int calls;

  @Override
  public synchronized void pay(String player, String questId, long credits) {
    calls++;
    if (isAway) {
      throw ServiceException.of(ErrorCode.UNAVAILABLE, "the payment service is away");
    }
    paid.putIfAbsent(player + "/" + questId, credits);
  }

  synchronized void away(boolean value) {
    isAway = value;
  }

  /** How often anything was to be paid. */
  synchronized int calls() {
    return calls;
  }

  /** What was paid, by player and quest. */
  synchronized Map<String, Long> paid() {
    return Map.copyOf(paid);
  }
}
