package io.bodybroker.payment.ledger;

import java.util.Comparator;

/**
 * Something that an audit found wrong.
 *
 * @param position where in the journal; 0 if it is of no one place
 * @param account the player; empty if nothing tells
 * @param number which of the account's entries; 0 if nothing tells
 * @param kind of what is wrong
 * @param detail in words, with what was found and what was expected
 */
public record Finding(long position, String account, long number, Kind kind, String detail) {
  /** By where they are; those of no one place at the end. */
  static final Comparator<Finding> ORDER =
      Comparator.<Finding>comparingLong(
              finding -> finding.position() == 0 ? Long.MAX_VALUE : finding.position())
          .thenComparing(Finding::kind);

  /** What can be wrong. */
  public enum Kind {
    /** An entry is gone. */
    REMOVED,
    /** An entry is not what was written. */
    CHANGED,
    /** An entry is not where it was written: twice, in another account, or behind another one. */
    MISPLACED,
    /** An entry's postings do not sum to zero, or are not those of its kind. */
    UNBALANCED,
    /** A balance is not the sum of the postings. */
    WRONG_BALANCE,
    /** A balance is below zero. */
    NEGATIVE,
    /** A refund is of no debit, of one that was refunded, or of more than was paid. */
    WRONG_REFUND,
    /** Two entries of an account came with one idempotency key. */
    REPEATED_KEY
  }

  @Override
  public String toString() {
    String where = position == 0 ? "" : "position " + position + ", ";
    String unknown = position == 0 ? "all accounts" : "account unknown";
    String whose = account.isEmpty() ? unknown : "account " + account;
    String which = number == 0 ? "" : ", entry " + number;
    return "%s%s%s: %s: %s".formatted(where, whose, which, kind, detail);
  }
}
