package io.bodybroker.payment;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.bodybroker.payment.state.v1.SealedEntry;
import io.bodybroker.payment.v1.CheckFundsRequest;
import io.bodybroker.payment.v1.CreditRequest;
import io.bodybroker.payment.v1.CreditResponse;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.DebitRequest;
import io.bodybroker.payment.v1.DebitResponse;
import io.bodybroker.payment.v1.GetBalanceRequest;
import io.bodybroker.payment.v1.GetTransactionRequest;
import io.bodybroker.payment.v1.ListBalancesRequest;
import io.bodybroker.payment.v1.ListTransactionsRequest;
import io.bodybroker.payment.v1.ListTransactionsResponse;
import io.bodybroker.payment.v1.Money;
import io.bodybroker.payment.v1.PaymentCompleted;
import io.bodybroker.payment.v1.PaymentCredited;
import io.bodybroker.payment.v1.PaymentFailed;
import io.bodybroker.payment.v1.PaymentRefunded;
import io.bodybroker.payment.v1.RefundRequest;
import io.bodybroker.payment.v1.SystemAccount;
import io.bodybroker.payment.v1.Transaction;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.event.Consumption;
import io.bodybroker.sdk.event.EventHandler;
import io.bodybroker.sdk.event.Events;
import io.bodybroker.sdk.journal.Journal;
import io.bodybroker.sdk.journal.MemoryJournals;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PaymentTest {
  private static final Instant NOW = Instant.parse("2026-11-26T20:00:00Z");

  private final Journal<SealedEntry> journal =
      MemoryJournals.open(SealedEntry.getDefaultInstance());
  private final List<Message> published = new ArrayList<>();
  private final Payment payment =
      new Payment(
          new Accounts(journal, () -> NOW),
          new Recording(),
          () -> "refused-" + published.size(),
          () -> NOW);

  /** Keeps what is published. */
  private final class Recording implements Events {
    @Override
    public void publish(Message event, String id) {
      published.add(event);
    }

    @Override
    public CompletableFuture<Void> publishAsync(Message event, String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void publishTo(String subject, Message message, String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void deliver(String subject, Message message, String id, Duration timeout) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T extends Message> Consumption consume(
        ConsumerSpec<T> consumer, EventHandler<T> handler) {
      throw new UnsupportedOperationException();
    }
  }

  private static CallContext call(String key) {
    var metadata = CallMetadata.builder();
    return CallContext.of(
        (key.isEmpty() ? metadata : metadata.idempotencyKey(key)).build(), Duration.ofSeconds(2));
  }

  private static Money money(Currency currency, long amount) {
    return Money.newBuilder().setCurrency(currency).setAmount(amount).build();
  }

  private CreditResponse credit(long amount, String key) {
    return payment.credit(
        CreditRequest.newBuilder()
            .setPlayerId("ada")
            .setMoney(money(Currency.CREDITS, amount))
            .build(),
        call(key));
  }

  private static DebitRequest.Builder debit(long amount) {
    return DebitRequest.newBuilder()
        .setPlayerId("ada")
        .setMoney(money(Currency.CREDITS, amount))
        .setItemId("bone-saw")
        .setReason("at the market");
  }

  private DebitResponse debit(long amount, String key) {
    return payment.debit(debit(amount).build(), call(key));
  }

  private Transaction refund(String transactionId, String key) {
    return payment
        .refund(RefundRequest.newBuilder().setTransactionId(transactionId).build(), call(key))
        .getTransaction();
  }

  private long balance(Currency currency) {
    return payment
        .getBalance(
            GetBalanceRequest.newBuilder().setPlayerId("ada").setCurrency(currency).build(),
            call(""))
        .getBalance();
  }

  @Test
  void answersWithTheWholeTransaction() {
    credit(100, "");
    Transaction paid = debit(30, "").getTransaction();

    assertThat(paid)
        .isEqualTo(
            Transaction.newBuilder()
                .setTransactionId("txn-ada-2")
                .setPlayerId("ada")
                .setNumber(2)
                .setKind(io.bodybroker.payment.v1.TransactionKind.DEBIT)
                .setMoney(money(Currency.CREDITS, 30))
                .setBalance(70)
                .setCounterparty(SystemAccount.SHOP)
                .setReason("at the market")
                .setItemId("bone-saw")
                .setCommittedAt(ProtoTimes.timestamp(NOW))
                .build());
    assertThat(balance(Currency.CREDITS)).isEqualTo(70);
    assertThat(balance(Currency.VITAE)).isZero();
  }

  @Test
  void takesNothingIfThereIsTooLittleAndSaysSo() {
    credit(10, "");

    var error = assertFails(ErrorCode.FAILED_PRECONDITION, () -> debit(30, ""));

    assertThat(error.message())
        .isEqualTo("insufficient balance: \"ada\" has 10 CREDITS (expected: at least 30)");
    assertThat(error.details()).containsEntry("balance", "10").containsEntry("missing", "20");
    assertThat(balance(Currency.CREDITS)).isEqualTo(10);
    assertThat(published)
        .containsExactly(
            PaymentFailed.newBuilder()
                .setPlayerId("ada")
                .setMoney(money(Currency.CREDITS, 30))
                .setBalance(10)
                .setItemId("bone-saw")
                .setFailedAt(ProtoTimes.timestamp(NOW))
                .build());
  }

  @Test
  void givesOneEffectAndOneAnswerToOneKey() {
    CreditResponse first = credit(100, "reward-1");
    CreditResponse again = credit(100, "reward-1");

    assertThat(first.getReplayed()).isFalse();
    assertThat(again.getReplayed()).isTrue();
    assertThat(again.getTransaction()).isEqualTo(first.getTransaction());
    assertThat(balance(Currency.CREDITS)).isEqualTo(100);
    assertThat(assertFails(ErrorCode.INVALID_ARGUMENT, () -> credit(101, "reward-1")).message())
        .contains("idempotency key: reward-1");
    assertThat(assertFails(ErrorCode.INVALID_ARGUMENT, () -> debit(100, "reward-1")).message())
        .contains("idempotency key: reward-1");
  }

  @Test
  void refundsOnceAndTellsOfIt() {
    credit(100, "");
    String id = debit(30, "").getTransaction().getTransactionId();
    Transaction refund = refund(id, "back-1");

    assertThat(refund.getRefundOf()).isEqualTo(id);
    assertThat(refund.getMoney().getAmount()).isEqualTo(30);
    assertThat(refund.getItemId()).isEqualTo("bone-saw");
    assertThat(refund(id, "back-1")).isEqualTo(refund);
    assertThat(assertFails(ErrorCode.FAILED_PRECONDITION, () -> refund(id, "back-2")).details())
        .containsEntry("transaction_id", id);
    assertThat(balance(Currency.CREDITS)).isEqualTo(100);
    var told =
        payment.getTransaction(
            GetTransactionRequest.newBuilder().setPlayerId("ada").setTransactionId(id).build(),
            call(""));
    assertThat(told.getTransaction().getTransactionId()).isEqualTo(id);
    assertThat(told.getRefund()).isEqualTo(refund);
  }

  @Test
  void findsNoTransactionThatThereIsNot() {
    credit(100, "");

    for (String id : List.of("txn-ada-7", "txn-bob-1", "txn-ada-0", "txn-ada-999999999999999999")) {
      assertThat(assertFails(ErrorCode.NOT_FOUND, () -> refund(id, "")).details())
          .containsEntry("transaction_id", id);
      assertFails(
          ErrorCode.NOT_FOUND,
          () ->
              payment.getTransaction(
                  GetTransactionRequest.newBuilder()
                      .setPlayerId("ada")
                      .setTransactionId(id)
                      .build(),
                  call("")));
    }
    assertFails(
        ErrorCode.NOT_FOUND,
        () ->
            payment.getTransaction(
                GetTransactionRequest.newBuilder()
                    .setPlayerId("bob")
                    .setTransactionId("txn-ada-1")
                    .build(),
                call("")));
  }

  @Test
  void checksFundsWithoutMakingAnAccount() {
    var request =
        CheckFundsRequest.newBuilder()
            .setPlayerId("ada")
            .setCurrency(Currency.CREDITS)
            .setAmount(30)
            .build();

    var poor = payment.checkFunds(request, call(""));
    assertThat(poor.getSufficient()).isFalse();
    assertThat(poor.getMissing()).isEqualTo(30);
    assertThat(journal.extent().entries()).as("entries").isZero();
    credit(40, "");
    var rich = payment.checkFunds(request, call(""));
    assertThat(rich.getSufficient()).isTrue();
    assertThat(rich.getBalance()).isEqualTo(40);
    assertThat(rich.getMissing()).isZero();
    assertThat(journal.extent().entries()).isEqualTo(1);
  }

  @Test
  void listsEveryCurrency() {
    credit(40, "");

    var balances =
        payment.listBalances(ListBalancesRequest.newBuilder().setPlayerId("ada").build(), call(""));

    assertThat(balances.getBalancesList())
        .extracting(balance -> balance.getCurrency() + "=" + balance.getAmount())
        .containsExactly(
            "CREDITS=40",
            "GRAVE_DUST=0",
            "HIVE_NECTAR=0",
            "STILL_BLOOD=0",
            "MOON_WINE=0",
            "VITAE=0",
            "LOGIC_SPORE=0",
            "ENCHANTMENT=0",
            "AETHER=0");
    assertThat(balances.getVersion()).isEqualTo(1);
  }

  @Test
  void listsTransactionsPageByPageTheNewestFirst() {
    var expected = new ArrayList<String>();
    for (int i = 0; i < 45; i++) {
      expected.addFirst(credit(1, "").getTransaction().getTransactionId());
    }
    var listed = new ArrayList<String>();
    String token = "";
    int pages = 0;
    do {
      ListTransactionsResponse page = list(token, 0);
      page.getTransactionsList().forEach(transaction -> listed.add(transaction.getTransactionId()));
      token = page.getNextPageToken();
      pages++;
      credit(1, ""); // is on no later page
    } while (!token.isEmpty());

    assertThat(listed).isEqualTo(expected);
    assertThat(pages).isEqualTo(3);
    assertThat(list("", 2).getTransactionsList())
        .extracting(Transaction::getNumber)
        .containsExactly(48L, 47L);
    assertThat(
            payment
                .listTransactions(
                    ListTransactionsRequest.newBuilder().setPlayerId("nobody").build(), call(""))
                .getTransactionsList())
        .isEmpty();
    assertThat(assertFails(ErrorCode.INVALID_ARGUMENT, () -> list("999", 0)).message())
        .contains("page_token: 999 (expected: a next_page_token)");
  }

  private ListTransactionsResponse list(String token, int size) {
    return payment.listTransactions(
        ListTransactionsRequest.newBuilder()
            .setPlayerId("ada")
            .setPageToken(token)
            .setPageSize(size)
            .build(),
        call(""));
  }

  @Test
  void makesOneEventOfEachEntry() {
    Transaction credited = credit(40, "").getTransaction();
    Transaction paid = debit(5, "").getTransaction();
    Transaction refunded = refund(paid.getTransactionId(), "");
    var events = new ArrayList<Message>();

    journal.read(
        0,
        entry ->
            events.addAll(
                PaymentEvents.FEED.eventsOf(
                    new Change.Put<>(entry.key(), entry.value(), entry.position()))));

    assertThat(events)
        .containsExactly(
            PaymentCredited.newBuilder().setTransaction(credited).build(),
            PaymentCompleted.newBuilder().setTransaction(paid).build(),
            PaymentRefunded.newBuilder().setTransaction(refunded).build());
  }
}
