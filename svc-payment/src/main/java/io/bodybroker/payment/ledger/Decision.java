package io.bodybroker.payment.ledger;

import io.bodybroker.payment.state.v1.LedgerEntry;

/** What follows from an instruction. */
public sealed interface Decision {
  /** This entry is to be appended. */
  record Append(LedgerEntry entry) implements Decision {}

  /** Nothing: the call had its effect before. */
  record Repeat(Recorded earlier) implements Decision {}

  /**
   * Nothing: the player cannot pay.
   *
   * @param balance what there is
   * @param missing how much more it takes
   */
  record TooLow(long balance, long missing) implements Decision {}
}
