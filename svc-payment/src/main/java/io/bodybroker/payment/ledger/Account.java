package io.bodybroker.payment.ledger;

import com.google.protobuf.ByteString;
import io.bodybroker.payment.state.v1.Index;
import io.bodybroker.payment.state.v1.LedgerEntry;
import io.bodybroker.payment.state.v1.Posting;
import io.bodybroker.payment.v1.Balance;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.SystemAccount;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A player's account after its last entry. Each entry says what the player has after it, so the
 * last one is enough to know the account, however many there are; that they all say the truth is
 * what an audit looks at.
 *
 * @param playerId whose
 * @param number of the last entry; 0 if there is none
 * @param position of the last entry in the journal; 0 if there is none
 * @param hash of the last entry; empty if there is none
 * @param balances of each currency of which there is something
 * @param keys the position of the last entry that came with an idempotency key; 0 if none did
 * @param refunds the position of the last refund; 0 if there is none
 */
public record Account(
    String playerId,
    long number,
    long position,
    ByteString hash,
    Map<Currency, Long> balances,
    long keys,
    long refunds) {
  /** The greatest balance, and so the greatest amount: what JSON's numbers are exact up to. */
  public static final long MOST = (1L << 53) - 1;

  /** Copies the balances. */
  public Account {
    balances = Map.copyOf(balances);
  }

  /** One without entries. */
  public static Account empty(String playerId) {
    return new Account(playerId, 0, 0, ByteString.EMPTY, Map.of(), 0, 0);
  }

  /** As an entry has left it. */
  public static Account after(Recorded last) {
    LedgerEntry entry = last.entry();
    var balances = new EnumMap<Currency, Long>(Currency.class);
    entry
        .getBalancesList()
        .forEach(balance -> balances.put(balance.getCurrency(), balance.getAmount()));
    return new Account(
        last.playerId(),
        entry.getNumber(),
        last.position(),
        last.hash(),
        balances,
        entry.getAppliedCalls().getCallsCount() > 0 ? last.position() : entry.getKeys().getRoot(),
        entry.getRefundOf() != 0 ? last.position() : entry.getRefunds().getRoot());
  }

  /** As its last entry has left it. */
  public static Account of(String playerId, Optional<Recorded> last) {
    return last.map(Account::after).orElseGet(() -> empty(playerId));
  }

  /** What there is of a currency. */
  public long balance(Currency currency) {
    return balances.getOrDefault(currency, 0L);
  }

  /**
   * The next entry, that moves an amount between the player and a system account.
   *
   * @param change what it adds to the player's; the sum must be neither negative nor above {@link
   *     #MOST}
   */
  LedgerEntry.Builder next(Currency currency, long change, SystemAccount other) {
    var after = new EnumMap<Currency, Long>(Currency.class);
    after.putAll(balances);
    after.put(currency, Math.addExact(balance(currency), change));
    var next =
        LedgerEntry.newBuilder()
            .setNumber(number + 1)
            .setPreviousPosition(position)
            .setPreviousHash(hash)
            .addPostings(posting(currency, change).setPlayerId(playerId))
            .addPostings(posting(currency, -change).setSystemAccount(other))
            .setKeys(Index.newBuilder().setRoot(keys))
            .setRefunds(Index.newBuilder().setRoot(refunds));
    after.forEach((held, amount) -> {
      if (amount != 0) {
        next.addBalances(Balance.newBuilder().setCurrency(held).setAmount(amount));
      }
    });
    return next;
  }

  private static Posting.Builder posting(Currency currency, long amount) {
    return Posting.newBuilder().setCurrency(currency).setAmount(amount);
  }
}
