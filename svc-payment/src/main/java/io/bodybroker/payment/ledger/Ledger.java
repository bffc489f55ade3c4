package io.bodybroker.payment.ledger;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.bodybroker.payment.state.v1.LedgerEntry;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.TransactionKind;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.v1.AppliedCalls;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** Decides what follows from an instruction. Pure, but for looking up earlier entries. */
public final class Ledger {
  private final LongFunction<Recorded> history;

  /**
   * With what it looks up.
   *
   * @param history the entry at a position that another entry names
   */
  public Ledger(LongFunction<Recorded> history) {
    this.history = history;
  }

  /**
   * What an instruction comes to.
   *
   * @param account as its last entry has left it
   * @param call the call that the instruction is of; without calls if it came without a key
   * @throws ServiceException {@code OUT_OF_RANGE} if the balance would be too great, or less was
   *     paid than is asked back; {@code FAILED_PRECONDITION} if a refund is of no debit, or not the
   *     first
   */
  public Decision decide(
      Account account, Instruction instruction, AppliedCalls call, Timestamp now) {
    Optional<HashIndex.Search> keys = key(call).map(key -> searchKeys(account, key));
    OptionalLong earlier = keys.map(HashIndex.Search::found).orElseGet(OptionalLong::empty);
    if (earlier.isPresent()) {
      return new Decision.Repeat(history.apply(earlier.getAsLong()));
    }
    if (instruction instanceof Instruction.Debit debit) {
      long balance = account.balance(debit.money().getCurrency());
      if (balance < debit.money().getAmount()) {
        return new Decision.TooLow(balance, debit.money().getAmount() - balance);
      }
    }
    var entry = entry(account, instruction).setCommittedAt(now).setAppliedCalls(call);
    keys.ifPresent(search -> entry.getKeysBuilder().addAllBranches(search.branches()));
    return new Decision.Append(entry.build());
  }

  private LedgerEntry.Builder entry(Account account, Instruction instruction) {
    return switch (instruction) {
      case Instruction.Debit debit ->
          account
              .next(debit.money().getCurrency(), -debit.money().getAmount(), debit.to())
              .setKind(TransactionKind.DEBIT)
              .setReason(debit.reason())
              .setItemId(debit.itemId());
      case Instruction.Credit credit -> {
        requireRoom(account, credit.money().getCurrency(), credit.money().getAmount());
        yield account
            .next(credit.money().getCurrency(), credit.money().getAmount(), credit.from())
            .setKind(TransactionKind.CREDIT)
            .setReason(credit.reason())
            .setItemId(credit.itemId());
      }
      case Instruction.Refund refund -> refund(account, refund);
    };
  }

  private LedgerEntry.Builder refund(Account account, Instruction.Refund refund) {
    Recorded debit = refund.debit();
    if (debit.entry().getKind() != TransactionKind.DEBIT) {
      throw refused(debit, "is no debit");
    }
    HashIndex.Search search = searchRefunds(account, debit.position());
    if (search.found().isPresent()) {
      throw refused(debit, "has been refunded");
    }
    var player = debit.entry().getPostings(0);
    var other = debit.entry().getPostings(1);
    long paid = other.getAmount();
    if (refund.amount() > paid) {
      throw ServiceException.outOfRange("amount", refund.amount(), "at most " + paid);
    }
    long amount = refund.amount() == 0 ? paid : refund.amount();
    requireRoom(account, player.getCurrency(), amount);
    var entry =
        account
            .next(player.getCurrency(), amount, other.getSystemAccount())
            .setKind(TransactionKind.REFUND)
            .setReason(refund.reason())
            .setItemId(debit.entry().getItemId())
            .setRefundOf(debit.position());
    entry.getRefundsBuilder().addAllBranches(search.branches());
    return entry;
  }

  /** The refund of a debit. */
  public Optional<Recorded> refundOf(Account account, long debit) {
    OptionalLong found = searchRefunds(account, debit).found();
    return found.isPresent() ? Optional.of(history.apply(found.getAsLong())) : Optional.empty();
  }

  private HashIndex.Search searchKeys(Account account, String key) {
    return HashIndex.search(
        account.keys(),
        Digests.ofKey(key),
        position -> {
          LedgerEntry entry = history.apply(position).entry();
          ByteString digest = Digests.ofKey(key(entry.getAppliedCalls()).orElseThrow());
          return new HashIndex.Node(digest, entry.getKeys().getBranchesList());
        });
  }

  private HashIndex.Search searchRefunds(Account account, long debit) {
    return HashIndex.search(
        account.refunds(),
        Digests.ofPosition(debit),
        position -> {
          LedgerEntry entry = history.apply(position).entry();
          ByteString digest = Digests.ofPosition(entry.getRefundOf());
          return new HashIndex.Node(digest, entry.getRefunds().getBranchesList());
        });
  }

  static Optional<String> key(AppliedCalls call) {
    return call.getCallsList().stream().map(applied -> applied.getKey()).findFirst();
  }

  private static void requireRoom(Account account, Currency currency, long amount) {
    long balance = account.balance(currency);
    if (amount > Account.MOST - balance) {
      throw ServiceException.outOfRange(
          "amount",
          amount,
          "at most %d, with a balance of %d".formatted(Account.MOST - balance, balance));
    }
  }

  private static ServiceException refused(Recorded debit, String why) {
    String id = TransactionId.of(debit).text();
    return ServiceException.builder(
            ErrorCode.FAILED_PRECONDITION, "transaction \"%s\" %s".formatted(id, why))
        .mayHaveExecuted(false)
        .detail("transaction_id", id)
        .build();
  }
}
