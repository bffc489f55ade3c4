package io.bodybroker.payment;

import io.bodybroker.payment.Accounts.Outcome;
import io.bodybroker.payment.ledger.Account;
import io.bodybroker.payment.ledger.Instruction;
import io.bodybroker.payment.ledger.Recorded;
import io.bodybroker.payment.ledger.TransactionId;
import io.bodybroker.payment.v1.Balance;
import io.bodybroker.payment.v1.CheckFundsRequest;
import io.bodybroker.payment.v1.CheckFundsResponse;
import io.bodybroker.payment.v1.CreditRequest;
import io.bodybroker.payment.v1.CreditResponse;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.DebitRequest;
import io.bodybroker.payment.v1.DebitResponse;
import io.bodybroker.payment.v1.GetBalanceRequest;
import io.bodybroker.payment.v1.GetBalanceResponse;
import io.bodybroker.payment.v1.GetTransactionRequest;
import io.bodybroker.payment.v1.GetTransactionResponse;
import io.bodybroker.payment.v1.ListBalancesRequest;
import io.bodybroker.payment.v1.ListBalancesResponse;
import io.bodybroker.payment.v1.ListTransactionsRequest;
import io.bodybroker.payment.v1.ListTransactionsResponse;
import io.bodybroker.payment.v1.PaymentFailed;
import io.bodybroker.payment.v1.PaymentService;
import io.bodybroker.payment.v1.RefundRequest;
import io.bodybroker.payment.v1.RefundResponse;
import io.bodybroker.payment.v1.SystemAccount;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.Events;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Answers the calls to payment. Stateless: everything is in the journal, so any instance answers
 * any call.
 */
public final class Payment implements PaymentService {
  private static final int USUAL_PAGE = 20;

  private final Accounts accounts;
  private final Events events;
  private final Supplier<String> names;
  private final InstantSource time;

  /**
   * Answers calls.
   *
   * @param names gives each time a name that nothing else has
   */
  Payment(Accounts accounts, Events events, Supplier<String> names, InstantSource time) {
    this.accounts = accounts;
    this.events = events;
    this.names = names;
    this.time = time;
  }

  @Override
  public DebitResponse debit(DebitRequest request, CallContext call) {
    var instruction =
        new Instruction.Debit(
            request.getMoney(),
            orElse(request.getTo(), SystemAccount.SHOP),
            request.getReason(),
            request.getItemId());
    return switch (accounts.post(
        request.getPlayerId(), IdempotentCall.of(call, request), instruction)) {
      case Outcome.Done done ->
          DebitResponse.newBuilder()
              .setTransaction(Transactions.of(done.recorded()))
              .setReplayed(done.isRepeat())
              .build();
      case Outcome.TooLow tooLow -> {
        announce(request, tooLow);
        throw tooLow(request, tooLow);
      }
    };
  }

  /**
   * Said before the caller is told, so that nobody can know of it and the event be missing. There
   * is no entry that it could follow from.
   */
  private void announce(DebitRequest request, Outcome.TooLow tooLow) {
    events.publish(
        PaymentFailed.newBuilder()
            .setPlayerId(request.getPlayerId())
            .setMoney(request.getMoney())
            .setBalance(tooLow.balance())
            .setItemId(request.getItemId())
            .setFailedAt(ProtoTimes.timestamp(time.instant()))
            .build(),
        "payment-failed/" + request.getPlayerId() + "/" + names.get());
  }

  private static ServiceException tooLow(DebitRequest request, Outcome.TooLow tooLow) {
    return ServiceException.builder(
            ErrorCode.FAILED_PRECONDITION,
            "insufficient balance: \"%s\" has %d %s (expected: at least %d)"
                .formatted(
                    request.getPlayerId(),
                    tooLow.balance(),
                    request.getMoney().getCurrency(),
                    request.getMoney().getAmount()))
        .mayHaveExecuted(false)
        .detail("balance", tooLow.balance())
        .detail("missing", tooLow.missing())
        .build();
  }

  @Override
  public CreditResponse credit(CreditRequest request, CallContext call) {
    var instruction =
        new Instruction.Credit(
            request.getMoney(),
            orElse(request.getFrom(), SystemAccount.MINT),
            request.getReason(),
            request.getItemId());
    var done = done(request.getPlayerId(), IdempotentCall.of(call, request), instruction);
    return CreditResponse.newBuilder()
        .setTransaction(Transactions.of(done.recorded()))
        .setReplayed(done.isRepeat())
        .build();
  }

  @Override
  public RefundResponse refund(RefundRequest request, CallContext call) {
    var id = TransactionId.parse(request.getTransactionId());
    var debit = accounts.find(id).orElseThrow(id::notFound);
    var instruction = new Instruction.Refund(debit, request.getAmount(), request.getReason());
    var done = done(id.playerId(), IdempotentCall.of(call, request), instruction);
    return RefundResponse.newBuilder()
        .setTransaction(Transactions.of(done.recorded()))
        .setReplayed(done.isRepeat())
        .build();
  }

  /** For instructions that give: there cannot be too little. */
  private Outcome.Done done(String playerId, IdempotentCall call, Instruction instruction) {
    return switch (accounts.post(playerId, call, instruction)) {
      case Outcome.Done done -> done;
      case Outcome.TooLow tooLow -> throw new IllegalStateException("too low to be given to");
    };
  }

  @Override
  public CheckFundsResponse checkFunds(CheckFundsRequest request, CallContext call) {
    long balance = accounts.read(request.getPlayerId()).balance(request.getCurrency());
    return CheckFundsResponse.newBuilder()
        .setSufficient(balance >= request.getAmount())
        .setBalance(balance)
        .setMissing(Math.max(0, request.getAmount() - balance))
        .build();
  }

  @Override
  public GetBalanceResponse getBalance(GetBalanceRequest request, CallContext call) {
    Account account =
        request.hasMinVersion()
            ? accounts.read(request.getPlayerId(), request.getMinVersion())
            : accounts.read(request.getPlayerId());
    return GetBalanceResponse.newBuilder()
        .setBalance(account.balance(request.getCurrency()))
        .setVersion(account.number())
        .build();
  }

  @Override
  public ListBalancesResponse listBalances(ListBalancesRequest request, CallContext call) {
    Account account =
        request.hasMinVersion()
            ? accounts.read(request.getPlayerId(), request.getMinVersion())
            : accounts.read(request.getPlayerId());
    var response = ListBalancesResponse.newBuilder().setVersion(account.number());
    for (Currency currency : Currency.values()) {
      if (currency != Currency.UNRECOGNIZED && currency != Currency.CURRENCY_UNSPECIFIED) {
        response.addBalances(
            Balance.newBuilder().setCurrency(currency).setAmount(account.balance(currency)));
      }
    }
    return response.build();
  }

  @Override
  public GetTransactionResponse getTransaction(GetTransactionRequest request, CallContext call) {
    var id = TransactionId.parse(request.getTransactionId());
    if (!id.playerId().equals(request.getPlayerId())) {
      throw id.notFound();
    }
    Recorded recorded = accounts.find(id).orElseThrow(id::notFound);
    var response = GetTransactionResponse.newBuilder().setTransaction(Transactions.of(recorded));
    accounts
        .refundOf(accounts.read(id.playerId()), recorded)
        .map(Transactions::of)
        .ifPresent(response::setRefund);
    return response.build();
  }

  @Override
  public ListTransactionsResponse listTransactions(
      ListTransactionsRequest request, CallContext call) {
    String playerId = request.getPlayerId();
    int size = request.getPageSize() == 0 ? USUAL_PAGE : request.getPageSize();
    long from =
        request.getPageToken().isEmpty()
            ? accounts.read(playerId).position()
            : Long.parseLong(request.getPageToken());
    List<Recorded> entries = accounts.back(playerId, from, size);
    if (entries.isEmpty() && !request.getPageToken().isEmpty()) {
      throw ServiceException.invalidArgument(
          "page_token", request.getPageToken(), "a next_page_token");
    }
    var response = ListTransactionsResponse.newBuilder();
    entries.forEach(entry -> response.addTransactions(Transactions.of(entry)));
    if (!entries.isEmpty() && entries.getLast().entry().getPreviousPosition() != 0) {
      response.setNextPageToken(Long.toString(entries.getLast().entry().getPreviousPosition()));
    }
    return response.build();
  }

  private static SystemAccount orElse(SystemAccount given, SystemAccount usual) {
    return given == SystemAccount.SYSTEM_ACCOUNT_UNSPECIFIED ? usual : given;
  }
}
