package io.bodybroker.bodybrokerintegration;

import io.bodybroker.bodybrokerintegration.deal.Step;
import io.bodybroker.bodybrokerintegration.state.v1.StoredDeal;
import io.bodybroker.bodybrokerintegration.v1.Drug;
import io.bodybroker.payment.v1.CreditRequest;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.DebitRequest;
import io.bodybroker.payment.v1.Money;
import io.bodybroker.payment.v1.PaymentClient;
import io.bodybroker.payment.v1.SystemAccount;
import io.bodybroker.sdk.rpc.CallOptions;
import java.time.Duration;

/**
 * Pays the player. Each deal has an idempotency key for paying and one for taking it back, which
 * payment remembers for good.
 *
 * <p>What was paid may have been spent. Then it cannot be taken back, and the deal stands.
 */
final class PaymentStep implements Step {
  private final PaymentClient payment;

  PaymentStep(PaymentClient payment) {
    this.payment = payment;
  }

  @Override
  public void apply(StoredDeal deal, Duration patience) {
    payment.credit(
        CreditRequest.newBuilder()
            .setPlayerId(deal.getPlayerId())
            .setMoney(money(deal))
            .setFrom(SystemAccount.DEALS)
            .setReason("deal with " + deal.getFamily())
            .setItemId(deal.getDealId())
            .build(),
        options(deal, "pay", patience));
  }

  @Override
  public void undo(StoredDeal deal, Duration patience) {
    payment.debit(
        DebitRequest.newBuilder()
            .setPlayerId(deal.getPlayerId())
            .setMoney(money(deal))
            .setTo(SystemAccount.DEALS)
            .setReason("deal with " + deal.getFamily() + " failed")
            .setItemId(deal.getDealId())
            .build(),
        options(deal, "take-back", patience));
  }

  @Override
  public boolean standsIfNotUndone() {
    return true;
  }

  private static Money money(StoredDeal deal) {
    return Money.newBuilder()
        .setCurrency(currency(deal.getPayment().getDrug()))
        .setAmount(deal.getPayment().getQuantity())
        .build();
  }

  /** Each drug is a currency of the same name. */
  static Currency currency(Drug drug) {
    return Currency.valueOf(drug.name());
  }

  private static CallOptions options(StoredDeal deal, String what, Duration patience) {
    return CallOptions.timeout(patience).withIdempotencyKey("deal/" + Deals.key(deal) + "/" + what);
  }
}
