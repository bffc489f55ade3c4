package io.bodybroker.questsystem;

import io.bodybroker.payment.v1.CreditRequest;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.Money;
import io.bodybroker.payment.v1.PaymentClient;
import io.bodybroker.payment.v1.SystemAccount;
import io.bodybroker.sdk.rpc.CallOptions;

/**
 * The wallets of the payment service, which gives once for an idempotency key, however much later
 * it comes again. The key is derived from the quest.
 */
final class PaymentWallets implements Wallets {
  private final PaymentClient payment;

  PaymentWallets(PaymentClient payment) {
    this.payment = payment;
  }

  @Override
  public void pay(String player, String questId, long credits) {
    var request =
        CreditRequest.newBuilder()
            .setPlayerId(player)
            .setMoney(Money.newBuilder().setCurrency(Currency.CREDITS).setAmount(credits))
            .setFrom(SystemAccount.QUESTS)
            .setReason("reward of quest " + questId)
            .setItemId(questId)
            .build();
    payment.credit(request, CallOptions.defaults().withIdempotencyKey("quest-reward-" + questId));
  }
}
