package io.bodybroker.cli.proof;

import io.bodybroker.payment.v1.CreditRequest;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.DebitRequest;
import io.bodybroker.payment.v1.GetBalanceRequest;
import io.bodybroker.payment.v1.Money;
import io.bodybroker.payment.v1.PaymentClient;
import io.bodybroker.payment.v1.RefundRequest;
import io.bodybroker.payment.v1.Transaction;
import io.bodybroker.payment.v1.TransactionKind;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Clients that do at random what players do, each operation under a key of its own and until it is
 * answered; and some once more though it is.
 */
final class LedgerClients {
  private static final int CLIENTS = 20;
  private static final int PLAYERS = 10;
  private static final int MOST = 50;
  private static final int ONE_REPEAT_OF = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final List<Currency> CURRENCIES =
      List.of(Currency.CREDITS, Currency.GRAVE_DUST, Currency.VITAE);

  private final PaymentClient payment;
  private final int operations;
  private final long seed;
  private final Semaphore allowed = new Semaphore(0);
  private final AtomicInteger allowedSoFar = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicLong retried = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();
  private final Map<String, Transaction> done = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Queue<String> breaches = new ConcurrentLinkedQueue<>();
  private final List<CompletableFuture<Void>> running = new ArrayList<>();

  LedgerClients(PaymentClient payment, ProofOptions options) {
    this.payment = payment;
    this.operations = options.operations();
    this.seed = options.seed();
  }

  /** Each waits for what it is allowed. */
  void begin() {
    for (int client = 0; client < CLIENTS; client++) {
      int number = client;
      int share = operations / CLIENTS + (client < operations % CLIENTS ? 1 : 0);
      running.add(
          CompletableFuture.runAsync(
              () -> work(number, share), task -> Thread.ofVirtual().start(task)));
    }
  }

  /** Lets so many operations begin, those that have begun before included. */
  void allow(int total) {
    allowed.release(total - allowedSoFar.getAndSet(total));
  }

  /** Returns when all are answered. */
  void end() {
    running.forEach(CompletableFuture::join);
  }

  private void work(int client, int share) {
    var random = new Random(seed * 31 + client);
    var debits = new ArrayList<String>();
    for (int i = 0; i < share; i++) {
      allowed.acquireUninterruptibly();
      String key = client + "-" + i;
      Supplier<Answer> operation = operation(random, debits, key);
      Optional<Answer> first = answer(key, operation);
      answered.incrementAndGet();
      first
          .map(Answer::transaction)
          .filter(transaction -> transaction.getKind() == TransactionKind.DEBIT)
          .ifPresent(debit -> debits.add(debit.getTransactionId()));
      if (first.isPresent() && random.nextInt(ONE_REPEAT_OF) == 0) {
        repeated.incrementAndGet();
        Answer same = new Answer(first.get().transaction(), true);
        Optional<Answer> again = answer(key, operation);
        if (!again.equals(Optional.of(same))) {
          breaches.add(key + " was answered " + first + ", then " + again);
        }
      }
    }
  }

  private record Answer(Transaction transaction, boolean isReplayed) {}

  private Supplier<Answer> operation(Random random, List<String> debits, String key) {
    var options = CallOptions.defaults().withIdempotencyKey(key);
    String player = "player-" + random.nextInt(PLAYERS);
    var money =
        Money.newBuilder()
            .setCurrency(CURRENCIES.get(random.nextInt(CURRENCIES.size())))
            .setAmount(random.nextInt(1, MOST))
            .build();
    int kind = random.nextInt(100);
    if (kind < 40) {
      var request = CreditRequest.newBuilder().setPlayerId(player).setMoney(money).build();
      return () -> {
        var response = payment.credit(request, options);
        return new Answer(response.getTransaction(), response.getReplayed());
      };
    }
    if (kind < 85 || debits.isEmpty()) {
      var request = DebitRequest.newBuilder().setPlayerId(player).setMoney(money).build();
      return () -> {
        var response = payment.debit(request, options);
        return new Answer(response.getTransaction(), response.getReplayed());
      };
    }
    // Any of its own, so some are refunded twice, and some more than was paid.
    var refund =
        RefundRequest.newBuilder().setTransactionId(debits.get(random.nextInt(debits.size())));
    if (random.nextBoolean()) {
      refund.setAmount(money.getAmount());
    }
    var request = refund.build();
    return () -> {
      var response = payment.refund(request, options);
      return new Answer(response.getTransaction(), response.getReplayed());
    };
  }

  /** Empty if it was refused. */
  private Optional<Answer> answer(String key, Supplier<Answer> operation) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        Answer answer = operation.get();
        done.put(key, answer.transaction());
        return Optional.of(answer);
      } catch (ServiceException e) {
        switch (e.code()) {
          case FAILED_PRECONDITION, OUT_OF_RANGE -> {
            refused.add(key);
            return Optional.empty();
          }
          case UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED, RESOURCE_EXHAUSTED, CANCELLED -> {
            if (System.nanoTime() - end > 0) {
              throw new IllegalStateException(key + " is not answered: " + e.message(), e);
            }
            retried.incrementAndGet();
            LockSupport.parkNanos(PAUSE.toNanos());
          }
          default -> throw new IllegalStateException(key + ": " + e.code() + ": " + e.message(), e);
        }
      }
    }
  }

  /** As payment answers it now. */
  long balance(String player, Currency currency) {
    return payment
        .getBalance(
            GetBalanceRequest.newBuilder().setPlayerId(player).setCurrency(currency).build())
        .getBalance();
  }

  int operations() {
    return operations;
  }

  int answered() {
    return answered.get();
  }

  /** What was answered as done, by key. */
  Map<String, Transaction> done() {
    return done;
  }

  /** The keys of what was refused. */
  Set<String> refused() {
    return refused;
  }

  long retried() {
    return retried.get();
  }

  long repeated() {
    return repeated.get();
  }

  List<String> breaches() {
    return List.copyOf(breaches);
  }
}
