package io.bodybroker.cli.proof;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bodybroker.payment.state.v1.LedgerEntry;
import io.bodybroker.payment.state.v1.SealedEntry;
import io.bodybroker.payment.v1.PaymentCompleted;
import io.bodybroker.payment.v1.PaymentCredited;
import io.bodybroker.payment.v1.PaymentRefunded;

/** An entry of the ledger as it is on the server. */
record LedgerLine(String player, long position, SealedEntry sealed, LedgerEntry entry) {
  static LedgerLine of(String player, long position, byte[] data) {
    try {
      var sealed = SealedEntry.parseFrom(data);
      return new LedgerLine(player, position, sealed, LedgerEntry.parseFrom(sealed.getContent()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("entry " + position + " cannot be read", e);
    }
  }

  String transactionId() {
    return "txn-" + player + "-" + position;
  }

  /** The idempotency key it came with; every operation here has one. */
  String key() {
    return entry.getAppliedCalls().getCalls(0).getKey();
  }

  /** The transaction that an event tells of. */
  static String transactionId(Object event) {
    return switch (event) {
      case PaymentCompleted paid -> paid.getTransaction().getTransactionId();
      case PaymentCredited credited -> credited.getTransaction().getTransactionId();
      case PaymentRefunded refunded -> refunded.getTransaction().getTransactionId();
      default -> throw new IllegalArgumentException("no event of an entry: " + event);
    };
  }
}
