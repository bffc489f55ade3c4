package io.bodybroker.payment.ledger;

import io.bodybroker.payment.v1.Money;
import io.bodybroker.payment.v1.SystemAccount;

/** What shall be done to a player's account. */
public sealed interface Instruction {
  /**
   * Takes.
   *
   * @param to where it goes
   */
  record Debit(Money money, SystemAccount to, String reason, String itemId)
      implements Instruction {}

  /**
   * Gives.
   *
   * @param from where it comes from
   */
  record Credit(Money money, SystemAccount from, String reason, String itemId)
      implements Instruction {}

  /**
   * Gives back.
   *
   * @param debit an entry of the same account
   * @param amount how much of it; 0 for all
   */
  record Refund(Recorded debit, long amount, String reason) implements Instruction {}
}
