package io.bodybroker.cli.proof;

import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.Transaction;
import io.bodybroker.payment.v1.TransactionKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The ledger against what the clients were told. */
final class LedgerComparison {
  private final LedgerClients clients;
  private final Collection<LedgerLine> lines;

  LedgerComparison(LedgerClients clients, Collection<LedgerLine> lines) {
    this.clients = clients;
    this.lines = lines;
  }

  /** Operations whose entries are not what was answered. */
  List<String> entries() {
    var breaches = new ArrayList<String>();
    Map<String, Transaction> missing = new HashMap<>(clients.done());
    for (LedgerLine line : lines) {
      Transaction told = missing.remove(line.key());
      if (told == null) {
        String why =
            clients.refused().contains(line.key())
                ? "was refused"
                : "is there twice or unasked for";
        breaches.add(line.transactionId() + " under key " + line.key() + " " + why);
      } else if (!isSame(told, line)) {
        breaches.add(line.transactionId() + " is not what was answered: " + told);
      }
    }
    missing.forEach((key, told) -> breaches.add(key + " was answered as done, and has no entry"));
    return breaches;
  }

  private static boolean isSame(Transaction told, LedgerLine line) {
    var player = line.entry().getPostings(0);
    return told.getTransactionId().equals(line.transactionId())
        && told.getNumber() == line.entry().getNumber()
        && told.getKind() == line.entry().getKind()
        && told.getMoney().getCurrency() == player.getCurrency()
        && told.getMoney().getAmount() == Math.abs(player.getAmount());
  }

  /** Balances that are not what the clients' own operations come to. */
  List<String> balances() {
    Map<String, Map<Currency, Long>> expected = new HashMap<>();
    for (Transaction told : clients.done().values()) {
      long amount = told.getMoney().getAmount();
      expected
          .computeIfAbsent(told.getPlayerId(), player -> new HashMap<>())
          .merge(
              told.getMoney().getCurrency(),
              told.getKind() == TransactionKind.DEBIT ? -amount : amount,
              Long::sum);
    }
    var breaches = new ArrayList<String>();
    expected.forEach((player, balances) ->
        balances.forEach((currency, amount) -> {
          long answered = clients.balance(player, currency);
          if (answered != amount || amount < 0) {
            breaches.add(
                "%s has %d %s (expected: %d)".formatted(player, answered, currency, amount));
          }
        }));
    return breaches;
  }

  /** Entries without an event, and events without an entry or published twice. */
  List<String> events(List<String> published) {
    var breaches = new ArrayList<String>();
    var seen = new HashSet<String>();
    published.stream()
        .filter(id -> !seen.add(id))
        .forEach(id -> breaches.add(id + " was published twice"));
    var wanted = new HashSet<String>();
    lines.forEach(line -> wanted.add(line.transactionId()));
    wanted.stream()
        .filter(id -> !seen.contains(id))
        .forEach(id -> breaches.add(id + " has no event"));
    seen.stream()
        .filter(id -> !wanted.contains(id))
        .forEach(id -> breaches.add(id + " is no entry"));
    return breaches;
  }
}
