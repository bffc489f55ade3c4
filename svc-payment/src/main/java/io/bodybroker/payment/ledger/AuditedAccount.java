package io.bodybroker.payment.ledger;

import com.google.protobuf.ByteString;
import io.bodybroker.payment.ledger.Finding.Kind;
import io.bodybroker.payment.state.v1.LedgerEntry;
import io.bodybroker.payment.state.v1.Posting;
import io.bodybroker.payment.v1.Balance;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.TransactionKind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One account as an audit follows it. After a fault it goes on from what the faulty entry says, so
 * that one fault is not found again in each entry behind it.
 */
final class AuditedAccount {
  private final String id;
  private final List<Finding> findings;
  private final Map<Currency, Long> balances = new EnumMap<>(Currency.class);
  private final Map<Long, Paid> debits = new HashMap<>();
  private final Map<Long, Long> refunds = new HashMap<>();
  private final Set<String> keys = new HashSet<>();
  private long number;
  private long position;
  private ByteString hash = ByteString.EMPTY;

  /** Something is wrong with the last entry, or it is gone: the next one cannot be held to it. */
  private boolean isUncertain;

  private record Paid(Currency currency, long amount) {}

  AuditedAccount(String id, List<Finding> findings) {
    this.id = id;
    this.findings = findings;
  }

  /** What follows from the postings. */
  Map<Currency, Long> balances() {
    return balances;
  }

  private void find(long at, long which, Kind kind, String detail) {
    findings.add(new Finding(at, id, which, kind, detail));
  }

  void unreadable(long at, String why) {
    number++;
    position = at;
    isUncertain = true;
    find(at, number, Kind.CHANGED, "it cannot be read: " + why);
  }

  void entry(Recorded recorded, boolean isWhole) {
    LedgerEntry entry = recorded.entry();
    long at = recorded.position();
    if (!isWhole) {
      find(at, entry.getNumber(), Kind.CHANGED, "its content does not have its hash");
    }
    chain(recorded);
    balance(recorded);
    refund(recorded);
    entry
        .getAppliedCalls()
        .getCallsList()
        .forEach(call -> {
          if (!keys.add(call.getKey())) {
            find(
                at,
                entry.getNumber(),
                Kind.REPEATED_KEY,
                "the account has another entry with key \"" + call.getKey() + "\"");
          }
        });
    number = entry.getNumber();
    position = at;
    hash = recorded.hash();
    isUncertain = !isWhole;
  }

  private void chain(Recorded recorded) {
    LedgerEntry entry = recorded.entry();
    long which = entry.getNumber();
    long before = entry.getPreviousPosition();
    if (which == number + 1 && before == position) {
      if (!isUncertain && !entry.getPreviousHash().equals(hash)) {
        find(
            position,
            number,
            Kind.CHANGED,
            "it does not have the hash that entry %d, at position %d, has of it"
                .formatted(which, recorded.position()));
      }
    } else if (which > number + 1 && before > position) {
      for (long gone = number + 1; gone < which - 1; gone++) {
        find(
            0,
            gone,
            Kind.REMOVED,
            "it was between positions %d and %d".formatted(position, before));
      }
      find(
          before,
          which - 1,
          Kind.REMOVED,
          "entry %d, at position %d, says that it was here".formatted(which, recorded.position()));
      isUncertain = true;
    } else {
      find(
          recorded.position(),
          which,
          Kind.MISPLACED,
          "it says that it follows position %d as entry %d (expected: position %d as entry %d)"
              .formatted(before, which, position, number + 1));
      isUncertain = true;
    }
  }

  /** With what was missed before it, an entry's own balances are all there is to go on from. */
  private void balance(Recorded recorded) {
    LedgerEntry entry = recorded.entry();
    long at = recorded.position();
    boolean isTwoSided =
        entry.getPostingsCount() == 2
            && entry.getPostings(0).getPlayerId().equals(id)
            && entry.getPostings(1).getAccountCase() == Posting.AccountCase.SYSTEM_ACCOUNT
            && entry.getPostings(0).getCurrency() == entry.getPostings(1).getCurrency()
            && entry.getPostings(0).getAmount() == -entry.getPostings(1).getAmount();
    boolean isOfItsKind =
        isTwoSided
            && (entry.getPostings(0).getAmount() < 0) == (entry.getKind() == TransactionKind.DEBIT);
    if (!isOfItsKind) {
      find(
          at,
          entry.getNumber(),
          Kind.UNBALANCED,
          "its postings are not those of a %s that sum to zero".formatted(entry.getKind()));
    }
    Map<Currency, Long> told = new EnumMap<>(Currency.class);
    for (Balance balance : entry.getBalancesList()) {
      told.put(balance.getCurrency(), balance.getAmount());
      if (balance.getAmount() < 0) {
        find(
            at,
            entry.getNumber(),
            Kind.NEGATIVE,
            "%d %s (expected: at least 0)".formatted(balance.getAmount(), balance.getCurrency()));
      }
    }
    if (!isUncertain) {
      Map<Currency, Long> computed = new EnumMap<>(Currency.class);
      computed.putAll(balances);
      entry.getPostingsList().stream()
          .filter(posting -> posting.getAccountCase() == Posting.AccountCase.PLAYER_ID)
          .forEach(
              posting -> computed.merge(posting.getCurrency(), posting.getAmount(), Long::sum));
      computed.values().removeIf(amount -> amount == 0);
      if (!computed.equals(told)) {
        find(
            at,
            entry.getNumber(),
            Kind.WRONG_BALANCE,
            "it says %s (expected, by all postings: %s)".formatted(told, computed));
      }
    }
    balances.clear();
    balances.putAll(told);
  }

  private void refund(Recorded recorded) {
    LedgerEntry entry = recorded.entry();
    if (entry.getPostingsCount() == 0) {
      return;
    }
    var player = entry.getPostings(0);
    if (entry.getKind() == TransactionKind.DEBIT) {
      debits.put(recorded.position(), new Paid(player.getCurrency(), -player.getAmount()));
      return;
    }
    if (entry.getKind() != TransactionKind.REFUND) {
      return;
    }
    Paid paid = debits.get(entry.getRefundOf());
    Long earlier = refunds.putIfAbsent(entry.getRefundOf(), recorded.position());
    if (earlier != null) {
      wrongRefund(
          recorded,
          "the debit at position %d was refunded at position %d"
              .formatted(entry.getRefundOf(), earlier));
    } else if (paid == null) {
      if (!isRemoved(entry.getRefundOf())) {
        wrongRefund(recorded, "there is no debit at position " + entry.getRefundOf());
      }
    } else if (paid.currency() != player.getCurrency() || paid.amount() < player.getAmount()) {
      wrongRefund(
          recorded,
          "%d %s (expected: at most %d %s)"
              .formatted(player.getAmount(), player.getCurrency(), paid.amount(), paid.currency()));
    }
  }

  private void wrongRefund(Recorded recorded, String detail) {
    find(recorded.position(), recorded.entry().getNumber(), Kind.WRONG_REFUND, detail);
  }

  private boolean isRemoved(long at) {
    return findings.stream()
        .anyMatch(finding -> finding.kind() == Kind.REMOVED && finding.position() == at);
  }
}
