package io.bodybroker.payment;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.payment.ledger.AuditReport;
import io.bodybroker.payment.ledger.LedgerAudit;
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
import io.bodybroker.payment.v1.Money;
import io.bodybroker.payment.v1.PaymentClient;
import io.bodybroker.payment.v1.RefundRequest;
import io.bodybroker.payment.v1.RefundResponse;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two instances over real servers, as in production. */
@TestServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoInstancesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String TOO_LONG = "x".repeat(65);

  private RunningService service;
  private PaymentClient payment;

  @BeforeAll
  void start(NatsServer nats, RedisServer redis) {
    service = RunningService.of(PaymentModule::new).start(nats, redis);
    payment = PaymentClient.on(service.bus());
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private static Money money(long amount) {
    return Money.newBuilder().setCurrency(Currency.CREDITS).setAmount(amount).build();
  }

  private static CreditRequest credit(String player, long amount) {
    return CreditRequest.newBuilder().setPlayerId(player).setMoney(money(amount)).build();
  }

  private static DebitRequest debit(String player, long amount) {
    return DebitRequest.newBuilder().setPlayerId(player).setMoney(money(amount)).build();
  }

  private long balance(String player) {
    return payment
        .getBalance(
            GetBalanceRequest.newBuilder()
                .setPlayerId(player)
                .setCurrency(Currency.CREDITS)
                .build())
        .getBalance();
  }

  private AuditReport audit() {
    var audit = new LedgerAudit();
    var journal = service.bus().journals().open("ledger", SealedEntry.getDefaultInstance());
    journal.read(0, entry -> audit.entry(entry.key(), entry.position(), entry.value()));
    return audit.report(journal.extent().last());
  }

  @Test
  void letAPlayerSpendWhatThereIsAndNoMoreWhoeverAsksWhom() throws Exception {
    payment.credit(credit("crowd", 100));
    var answers = new ArrayList<Future<DebitResponse>>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 150; i++) {
        answers.add(clients.submit(() -> payment.debit(debit("crowd", 1))));
      }
    }
    int paid = 0;
    for (Future<DebitResponse> answer : answers) {
      if (answer.state() == Future.State.SUCCESS) {
        paid++;
      } else {
        assertThat(answer.exceptionNow())
            .isInstanceOfSatisfying(
                ServiceException.class,
                error -> assertThat(error.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION));
      }
    }

    assertThat(paid).isEqualTo(100);
    assertThat(balance("crowd")).isZero();
    assertThat(audit().findings()).isEmpty();
  }

  @Test
  void giveOneEffectAndOneAnswerToOneKeyHoweverItIsRaced() {
    var options = CallOptions.defaults().withIdempotencyKey("reward-7");
    var answers = new ArrayList<CompletableFuture<CreditResponse>>();
    for (int i = 0; i < 20; i++) {
      answers.add(payment.creditAsync(credit("eager", 5), options));
    }

    assertThat(answers.stream().map(answer -> answer.join().getTransaction()).distinct())
        .hasSize(1);
    assertThat(answers.stream().filter(answer -> !answer.join().getReplayed())).hasSize(1);
    assertThat(balance("eager")).isEqualTo(5);
  }

  @Test
  void refundOnceHoweverItIsRaced() {
    payment.credit(credit("regret", 50));
    String id = payment.debit(debit("regret", 50)).getTransaction().getTransactionId();
    var request = RefundRequest.newBuilder().setTransactionId(id).setAmount(20).build();
    var answers = new ArrayList<CompletableFuture<RefundResponse>>();
    for (int i = 0; i < 20; i++) {
      answers.add(payment.refundAsync(request));
    }

    assertThat(
            answers.stream()
                .filter(answer -> answer.handle((value, error) -> error == null).join()))
        .hasSize(1);
    assertThat(balance("regret")).isEqualTo(20);
  }

  @Test
  void showEachInstanceWhatTheOtherHasJustWritten() {
    for (int i = 1; i <= 200; i++) {
      payment.credit(credit("fresh", 1));
      assertThat(balance("fresh")).isEqualTo(i);
    }
  }

  @Test
  void neverShowAReaderLessThanItHasSeenAlsoFromMemory() {
    long seen = 0;
    for (int i = 1; i <= 100; i++) {
      seen = payment.credit(credit("eyed", 1)).getTransaction().getNumber();
      for (int look = 0; look < 4; look++) {
        var answer =
            payment.getBalance(
                GetBalanceRequest.newBuilder()
                    .setPlayerId("eyed")
                    .setCurrency(Currency.CREDITS)
                    .setMinVersion(seen)
                    .build());
        assertThat(answer.getVersion()).isEqualTo(seen);
        assertThat(answer.getBalance()).isEqualTo(i);
      }
    }
    var all =
        payment.listBalances(
            ListBalancesRequest.newBuilder().setPlayerId("eyed").setMinVersion(seen).build());
    assertThat(all.getVersion()).isEqualTo(seen);
  }

  @Test
  void tellOfEachTransactionOnce() throws Exception {
    payment.credit(credit("told", 10));
    var paid = payment.debit(debit("told", 4)).getTransaction();
    payment.refund(RefundRequest.newBuilder().setTransactionId(paid.getTransactionId()).build());
    assertThatThrownBy(() -> payment.debit(debit("told", 11))).isInstanceOf(ServiceException.class);

    Await.untilSeen(
        BOUND,
        "events",
        () -> subjects("told"),
        List.of(
                "evt.payment.failed.v1",
                "evt.payment.credited.v1",
                "evt.payment.completed.v1",
                "evt.payment.refunded.v1")
            ::equals);
  }

  /** Of the events of a player in the stream, the failed first. */
  private List<String> subjects(String player) throws Exception {
    var management = service.observer().jetStreamManagement();
    var subjects = new ArrayList<String>();
    long last = management.getStreamInfo("GAME_EVENTS").getStreamState().getLastSequence();
    for (long i = 1; i <= last; i++) {
      var message = management.getMessage("GAME_EVENTS", i);
      byte[] data = message.getData();
      if (data != null
          && new String(data, java.nio.charset.StandardCharsets.UTF_8).contains(player)) {
        subjects.add(message.getSubject());
      }
    }
    subjects.sort(
        java.util.Comparator.comparing(subject -> !"evt.payment.failed.v1".equals(subject)));
    return subjects;
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("player_id", debit("", 1)),
        Arguments.of("player_id", debit("a.b", 1)),
        Arguments.of("player_id", debit(TOO_LONG, 1)),
        Arguments.of("money", debit("ada", 1).toBuilder().clearMoney().build()),
        Arguments.of("money.amount", debit("ada", 0)),
        Arguments.of("money.amount", debit("ada", -5)),
        Arguments.of("money.amount", debit("ada", Long.MAX_VALUE)),
        Arguments.of(
            "money.currency",
            debit("ada", 1).toBuilder().setMoney(money(1).toBuilder().clearCurrency()).build()),
        Arguments.of(
            "money.currency",
            debit("ada", 1).toBuilder()
                .setMoney(money(1).toBuilder().setCurrencyValue(99))
                .build()),
        Arguments.of("to", debit("ada", 1).toBuilder().setToValue(99).build()),
        Arguments.of("reason", debit("ada", 1).toBuilder().setReason("x".repeat(201)).build()),
        Arguments.of("item_id", debit("ada", 1).toBuilder().setItemId("x".repeat(129)).build()),
        Arguments.of("player_id", credit("", 1)),
        Arguments.of("money", credit("ada", 1).toBuilder().clearMoney().build()),
        Arguments.of("money.amount", credit("ada", -1)),
        Arguments.of("from", credit("ada", 1).toBuilder().setFromValue(99).build()),
        Arguments.of("reason", credit("ada", 1).toBuilder().setReason("x".repeat(201)).build()),
        Arguments.of("item_id", credit("ada", 1).toBuilder().setItemId("x".repeat(129)).build()),
        Arguments.of("transaction_id", RefundRequest.getDefaultInstance()),
        Arguments.of("transaction_id", refund().setTransactionId("txn-7").build()),
        Arguments.of("transaction_id", refund().setTransactionId("txn-ada-x").build()),
        Arguments.of("amount", refund().setAmount(0).build()),
        Arguments.of("amount", refund().setAmount(-1).build()),
        Arguments.of("reason", refund().setReason("x".repeat(201)).build()),
        Arguments.of(
            "player_id",
            CheckFundsRequest.newBuilder().setCurrency(Currency.CREDITS).setAmount(1).build()),
        Arguments.of(
            "currency", CheckFundsRequest.newBuilder().setPlayerId("ada").setAmount(1).build()),
        Arguments.of(
            "amount",
            CheckFundsRequest.newBuilder()
                .setPlayerId("ada")
                .setCurrency(Currency.CREDITS)
                .build()),
        Arguments.of(
            "player_id", GetBalanceRequest.newBuilder().setCurrency(Currency.CREDITS).build()),
        Arguments.of("currency", GetBalanceRequest.newBuilder().setPlayerId("ada").build()),
        Arguments.of(
            "currency",
            GetBalanceRequest.newBuilder().setPlayerId("ada").setCurrencyValue(99).build()),
        Arguments.of(
            "min_version",
            GetBalanceRequest.newBuilder()
                .setPlayerId("a")
                .setCurrency(Currency.CREDITS)
                .setMinVersion(-1)
                .build()),
        Arguments.of(
            "min_version",
            ListBalancesRequest.newBuilder().setPlayerId("a").setMinVersion(-1).build()),
        Arguments.of("player_id", ListBalancesRequest.getDefaultInstance()),
        Arguments.of(
            "player_id", GetTransactionRequest.newBuilder().setTransactionId("txn-a-1").build()),
        Arguments.of("transaction_id", GetTransactionRequest.newBuilder().setPlayerId("a").build()),
        Arguments.of("player_id", ListTransactionsRequest.getDefaultInstance()),
        Arguments.of(
            "page_size",
            ListTransactionsRequest.newBuilder().setPlayerId("a").setPageSize(101).build()),
        Arguments.of(
            "page_size",
            ListTransactionsRequest.newBuilder().setPlayerId("a").setPageSize(-1).build()),
        Arguments.of(
            "page_token",
            ListTransactionsRequest.newBuilder().setPlayerId("a").setPageToken("x").build()),
        Arguments.of(
            "page_token",
            ListTransactionsRequest.newBuilder()
                .setPlayerId("a")
                .setPageToken("7".repeat(18))
                .build()));
  }

  private static RefundRequest.Builder refund() {
    return RefundRequest.newBuilder().setTransactionId("txn-ada-1");
  }

  @ParameterizedTest
  @MethodSource
  void wrong(String field, com.google.protobuf.Message request) {
    var error = assertFails(ErrorCode.INVALID_ARGUMENT, () -> send(request));

    assertThat(error.message()).contains(field + ": ").contains("(expected: ");
  }

  private Object send(com.google.protobuf.Message request) {
    return switch (request) {
      case DebitRequest debit -> payment.debit(debit);
      case CreditRequest credit -> payment.credit(credit);
      case RefundRequest refund -> payment.refund(refund);
      case CheckFundsRequest check -> payment.checkFunds(check);
      case GetBalanceRequest get -> payment.getBalance(get);
      case ListBalancesRequest list -> payment.listBalances(list);
      case GetTransactionRequest get -> payment.getTransaction(get);
      case ListTransactionsRequest list -> payment.listTransactions(list);
      default -> throw new AssertionError(request.getClass());
    };
  }
}
