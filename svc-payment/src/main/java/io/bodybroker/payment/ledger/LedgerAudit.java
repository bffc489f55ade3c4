package io.bodybroker.payment.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bodybroker.payment.ledger.Finding.Kind;
import io.bodybroker.payment.state.v1.Posting;
import io.bodybroker.payment.state.v1.SealedEntry;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.SystemAccount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Recomputes the whole ledger from its entries and says where they contradict each other: every
 * balance from the postings, every hash from the content, every chain from its first entry.
 *
 * <p>It trusts nothing that an entry says of itself or of the one before. To be told every entry in
 * the order of positions, damaged ones as well, then asked for its report. What was removed shows
 * twice: as a position without an entry, and as a chain that is broken. So the last entry of an
 * account is missed too, though no chain goes on behind it.
 *
 * <p>What it cannot see is a ledger that was replaced as a whole by an older or another one that is
 * sound in itself: for that, keep the reports. It holds the debits and idempotency keys of all
 * accounts in memory. For one thread.
 */
public final class LedgerAudit {
  private final Map<String, AuditedAccount> accounts = new TreeMap<>();
  private final Map<SystemAccount, Map<Currency, BigInteger>> system =
      new EnumMap<>(SystemAccount.class);
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Long, Finding> gaps = new HashMap<>();
  private long lastPosition;
  private long entries;

  /** The next entry. */
  public void entry(String playerId, long position, SealedEntry sealed) {
    missing(position);
    entries++;
    Recorded recorded;
    try {
      recorded = Seal.read(playerId, position, sealed);
    } catch (InvalidProtocolBufferException e) {
      account(playerId).unreadable(position, String.valueOf(e.getMessage()));
      return;
    }
    account(playerId).entry(recorded, Seal.isWhole(playerId, sealed));
    recorded.entry().getPostingsList().forEach(this::post);
  }

  /** The next entry, of which not even the seal can be read. */
  public void unreadable(String playerId, long position, String why) {
    missing(position);
    entries++;
    account(playerId).unreadable(position, why);
  }

  private void missing(long position) {
    for (long gone = lastPosition + 1; gone < position; gone++) {
      gap(gone);
    }
    lastPosition = position;
  }

  private void gap(long position) {
    gaps.put(
        position,
        new Finding(
            position,
            "",
            0,
            Kind.REMOVED,
            "there is no entry here (expected: one at each position), and no later entry tells"
                + " whose it was, so it was the last one of its account"));
  }

  private AuditedAccount account(String playerId) {
    return accounts.computeIfAbsent(playerId, id -> new AuditedAccount(id, findings));
  }

  private void post(Posting posting) {
    if (posting.getAccountCase() == Posting.AccountCase.SYSTEM_ACCOUNT) {
      system
          .computeIfAbsent(posting.getSystemAccount(), account -> new EnumMap<>(Currency.class))
          .merge(posting.getCurrency(), BigInteger.valueOf(posting.getAmount()), BigInteger::add);
    }
  }

  /**
   * What was found.
   *
   * @param last the last position there ever was an entry at
   */
  public AuditReport report(long last) {
    missing(last + 1);
    var all = new ArrayList<>(findings);
    // A gap that a chain has named needs no second finding.
    findings.stream()
        .filter(finding -> finding.kind() == Kind.REMOVED)
        .forEach(finding -> gaps.remove(finding.position()));
    all.addAll(gaps.values());
    Map<Currency, BigInteger> players = new EnumMap<>(Currency.class);
    accounts
        .values()
        .forEach(account ->
            account
                .balances()
                .forEach((currency, amount) ->
                    players.merge(currency, BigInteger.valueOf(amount), BigInteger::add)));
    all.addAll(unbalanced(players));
    all.sort(Finding.ORDER);
    return new AuditReport(accounts.size(), entries, players, system, all);
  }

  /** All accounts together, by currency. */
  private List<Finding> unbalanced(Map<Currency, BigInteger> players) {
    Map<Currency, BigInteger> sums = new EnumMap<>(players);
    system
        .values()
        .forEach(balances ->
            balances.forEach((currency, amount) -> sums.merge(currency, amount, BigInteger::add)));
    return sums.entrySet().stream()
        .filter(sum -> sum.getValue().signum() != 0)
        .map(sum ->
            new Finding(
                0,
                "",
                0,
                Kind.UNBALANCED,
                "all accounts together have %s %s (expected: 0)"
                    .formatted(sum.getValue(), sum.getKey())))
        .collect(Collectors.toList());
  }
}
