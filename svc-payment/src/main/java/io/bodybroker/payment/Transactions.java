package io.bodybroker.payment;

import io.bodybroker.payment.ledger.Account;
import io.bodybroker.payment.ledger.Recorded;
import io.bodybroker.payment.ledger.TransactionId;
import io.bodybroker.payment.v1.Money;
import io.bodybroker.payment.v1.Transaction;

/** Entries of the ledger as the contract tells them. */
final class Transactions {
  private Transactions() {}

  static Transaction of(Recorded recorded) {
    var entry = recorded.entry();
    var player = entry.getPostings(0);
    var transaction =
        Transaction.newBuilder()
            .setTransactionId(TransactionId.of(recorded).text())
            .setPlayerId(recorded.playerId())
            .setNumber(entry.getNumber())
            .setKind(entry.getKind())
            .setMoney(
                Money.newBuilder()
                    .setCurrency(player.getCurrency())
                    .setAmount(Math.abs(player.getAmount())))
            .setBalance(Account.after(recorded).balance(player.getCurrency()))
            .setCounterparty(entry.getPostings(1).getSystemAccount())
            .setReason(entry.getReason())
            .setItemId(entry.getItemId())
            .setCommittedAt(entry.getCommittedAt());
    if (entry.getRefundOf() != 0) {
      transaction.setRefundOf(new TransactionId(recorded.playerId(), entry.getRefundOf()).text());
    }
    return transaction.build();
  }
}
