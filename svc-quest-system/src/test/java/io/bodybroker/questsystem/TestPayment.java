package io.bodybroker.questsystem;

import io.bodybroker.payment.v1.CheckFundsRequest;
import io.bodybroker.payment.v1.CheckFundsResponse;
import io.bodybroker.payment.v1.CreditRequest;
import io.bodybroker.payment.v1.CreditResponse;
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
import io.bodybroker.payment.v1.PaymentService;
import io.bodybroker.payment.v1.RefundRequest;
import io.bodybroker.payment.v1.RefundResponse;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of payment as quest-system calls: gives once for a player and key. */
final class TestPayment implements PaymentService {
  private final Map<String, CreditRequest> credits = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile boolean isAnswerLost;

  /** Whether what is given from now on is not told to whoever asked. */
  void loseAnswers(boolean value) {
    isAnswerLost = value;
  }

  /** What was given, by player and key. */
  Map<String, CreditRequest> credits() {
    return Map.copyOf(credits);
  }

  /** Player and key of each call. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public CreditResponse credit(CreditRequest request, CallContext call) {
    var key = request.getPlayerId() + "/" + call.metadata().idempotencyKey().orElse("none");
    calls.add(key);
    var before = credits.putIfAbsent(key, request);
    if (isAnswerLost) {
      throw ServiceException.of(ErrorCode.INTERNAL, "given, but nobody hears of it");
    }
    if (before != null && !before.equals(request)) {
      throw ServiceException.of(ErrorCode.ALREADY_EXISTS, "another request under key " + key);
    }
    return CreditResponse.newBuilder().setReplayed(before != null).build();
  }

  @Override
  public DebitResponse debit(DebitRequest request, CallContext call) {
    throw unimplemented();
  }

  @Override
  public RefundResponse refund(RefundRequest request, CallContext call) {
    throw unimplemented();
  }

  @Override
  public CheckFundsResponse checkFunds(CheckFundsRequest request, CallContext call) {
    throw unimplemented();
  }

  @Override
  public GetBalanceResponse getBalance(GetBalanceRequest request, CallContext call) {
    throw unimplemented();
  }

  @Override
  public ListBalancesResponse listBalances(ListBalancesRequest request, CallContext call) {
    throw unimplemented();
  }

  @Override
  public GetTransactionResponse getTransaction(GetTransactionRequest request, CallContext call) {
    throw unimplemented();
  }

  @Override
  public ListTransactionsResponse listTransactions(
      ListTransactionsRequest request, CallContext call) {
    throw unimplemented();
  }

  private static ServiceException unimplemented() {
    return ServiceException.of(ErrorCode.UNIMPLEMENTED, "quest-system does not call this");
  }
}
