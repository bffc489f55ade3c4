package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.payment.v1.CheckFundsResponse;
import io.bodybroker.payment.v1.CreditResponse;
import io.bodybroker.payment.v1.DebitResponse;
import io.bodybroker.payment.v1.GetBalanceResponse;
import io.bodybroker.payment.v1.GetTransactionResponse;
import io.bodybroker.payment.v1.ListBalancesResponse;
import io.bodybroker.payment.v1.ListTransactionsResponse;
import io.bodybroker.payment.v1.RefundResponse;
import io.bodybroker.payment.v1.TransactionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TheGame.Extension.class)
class PaymentThroughGatewayTest {
  private static final String PURSE = "/v1/players/penny/";
  private static final String FIFTY = "{\"money\": {\"currency\": \"VITAE\", \"amount\": \"50\"}}";

  @Test
  void letsAPlayerEarnPayAndBeRefundedAndLook(TheGame game) {
    var operator = game.operator();
    var penny = game.player("penny");

    var earned =
        operator
            .post(PURSE + "credits", FIFTY, request -> request.header("Idempotency-Key", "deal-1"))
            .as(CreditResponse.getDefaultInstance());
    var again =
        operator
            .post(PURSE + "credits", FIFTY, request -> request.header("Idempotency-Key", "deal-1"))
            .as(CreditResponse.getDefaultInstance());
    assertThat(again.getReplayed()).isTrue();
    assertThat(again.getTransaction()).isEqualTo(earned.getTransaction());
    var paid =
        operator
            .post(
                PURSE + "debits",
                "{\"money\": {\"currency\": \"VITAE\", \"amount\": 20}, \"itemId\": \"bone-saw\"}")
            .as(DebitResponse.getDefaultInstance())
            .getTransaction();
    assertThat(paid.getBalance()).isEqualTo(30);

    assertThat(
            penny
                .get(PURSE + "balances/VITAE?minVersion=" + paid.getNumber())
                .as(GetBalanceResponse.getDefaultInstance())
                .getBalance())
        .isEqualTo(30);
    assertThat(
            penny
                .get(PURSE + "funds?currency=VITAE&amount=31")
                .as(CheckFundsResponse.getDefaultInstance())
                .getMissing())
        .isEqualTo(1);
    var refund =
        operator
            .post("/v1/transactions/" + paid.getTransactionId() + "/refund", "{\"amount\": 5}")
            .as(RefundResponse.getDefaultInstance())
            .getTransaction();
    var told =
        penny
            .get(PURSE + "transactions/" + paid.getTransactionId())
            .as(GetTransactionResponse.getDefaultInstance());
    assertThat(told.getRefund()).isEqualTo(refund);
    assertThat(
            penny
                .get(PURSE + "transactions?pageSize=2")
                .as(ListTransactionsResponse.getDefaultInstance())
                .getTransactionsList())
        .extracting(transaction -> transaction.getKind())
        .containsExactly(TransactionKind.REFUND, TransactionKind.DEBIT);
    assertThat(
            penny
                .get(PURSE + "balances")
                .as(ListBalancesResponse.getDefaultInstance())
                .getBalancesList())
        .hasSize(9)
        .anyMatch(balance -> balance.getAmount() == 35);
  }

  @Test
  void letsNobodyGiveThemselvesMoneyOrSeeAnothersPurse(TheGame game) {
    var thief = game.player("thief");

    assertThat(thief.post("/v1/players/thief/credits", FIFTY).problem().status()).isEqualTo(403);
    assertThat(thief.post("/v1/players/thief/debits", FIFTY).problem().status()).isEqualTo(403);
    assertThat(thief.get(PURSE + "balances").problem().status()).isEqualTo(403);
    assertThat(game.anybody().get(PURSE + "balances").problem().status()).isEqualTo(401);
  }

  @Test
  void saysWhatIsMissingAndWhatIsWrong(TheGame game) {
    var poor = game.operator().post("/v1/players/beggar/debits", FIFTY).problem();
    assertThat(poor.code()).isEqualTo("FAILED_PRECONDITION");
    assertThat(poor.text("details", "missing")).isEqualTo("50");
    assertThat(
            game.operator()
                .post(
                    "/v1/players/beggar/credits",
                    "{\"money\": {\"currency\": \"VITAE\", \"amount\": -5}}")
                .problem()
                .fields())
        .containsExactly("money.amount");
  }
}
