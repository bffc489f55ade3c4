package io.bodybroker.payment;

import com.google.protobuf.Message;
import io.bodybroker.payment.ledger.Recorded;
import io.bodybroker.payment.ledger.Seal;
import io.bodybroker.payment.state.v1.SealedEntry;
import io.bodybroker.payment.v1.PaymentCompleted;
import io.bodybroker.payment.v1.PaymentCredited;
import io.bodybroker.payment.v1.PaymentRefunded;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.store.Change;
import java.util.List;
import java.util.Optional;

/** Which event an entry of the ledger is: each has one. */
final class PaymentEvents {
  /** What the journal's feed makes of each entry. */
  static final FeedSpec<SealedEntry> FEED =
      new FeedSpec<>(
          List.of(
              PaymentCompleted.getDefaultInstance(),
              PaymentCredited.getDefaultInstance(),
              PaymentRefunded.getDefaultInstance()),
          PaymentEvents::of);

  private PaymentEvents() {}

  private static Optional<Message> of(Change<SealedEntry> change) {
    return switch (change) {
      case Change.Put<SealedEntry> put ->
          Optional.of(event(Seal.open(put.key(), put.version(), put.value())));
      case Change.Deleted<SealedEntry> deleted -> Optional.empty(); // none ever is
    };
  }

  private static Message event(Recorded recorded) {
    var transaction = Transactions.of(recorded);
    return switch (transaction.getKind()) {
      case CREDIT -> PaymentCredited.newBuilder().setTransaction(transaction).build();
      case REFUND -> PaymentRefunded.newBuilder().setTransaction(transaction).build();
      default -> PaymentCompleted.newBuilder().setTransaction(transaction).build();
    };
  }
}
