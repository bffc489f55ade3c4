package io.bodybroker.statemanager;

import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Watch;
import io.bodybroker.statemanager.state.v1.Receipt;
import io.bodybroker.statemanager.state.v1.StoredState;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * Commits versions of documents: decides on what there is, and writes if nobody was faster. The
 * event of a version is made of it by the store's feed.
 */
final class Commits {
  /** How many calls a document remembers. */
  static final int CALLS_KEPT = 64;

  private final Store<StoredState> documents;

  Commits(Store<StoredState> documents) {
    this.documents = documents;
  }

  /** The document as it is. */
  StateDocument read(Target target) {
    return StateDocument.of(documents.get(target.key()).map(document -> document.value()));
  }

  /** The document as it was at a version or has been since. */
  StateDocument read(Target target, long minVersion) {
    return StateDocument.of(
        documents
            .get(target.key(), stored -> stored.getVersion() >= minVersion)
            .map(document -> document.value()));
  }

  /**
   * Tells each version committed from now on; of those that are committed as it begins, it may tell
   * some as well.
   */
  Watch watch(Target target, Consumer<StateDocument> listener) {
    return documents.watchKey(
        target.key(),
        change -> {
          // What only an operator can do: a document that is gone, version and all, is none to
          // tell.
          if (change instanceof Change.Put<StoredState> put) {
            listener.accept(new StateDocument(put.value()));
          }
        });
  }

  /**
   * Commits the next version, unless the call is a repeat; then nothing is written and the answer
   * is that of the first time.
   *
   * @param call the call it is for
   * @param next the next version; runs again when somebody else was faster. What it throws is
   *     thrown on, and nothing is written
   * @param counter what the receipt has as counter
   */
  Receipt commit(
      Target target,
      IdempotentCall call,
      UnaryOperator<StateDocument> next,
      ToLongFunction<StateDocument> counter) {
    // The change runs at least once, and the last run is the one that is written.
    var receipt = new AtomicReference<Receipt>();
    documents.update(
        target.key(),
        current -> {
          var decision = decide(StateDocument.of(current), call, next, counter);
          receipt.set(decision.receipt());
          return decision.stored();
        });
    return receipt.get();
  }

  private static Decision decide(
      StateDocument before,
      IdempotentCall call,
      UnaryOperator<StateDocument> next,
      ToLongFunction<StateDocument> counter) {
    Optional<Receipt> earlier =
        call.answer(before.stored().getAppliedCalls(), Receipt.getDefaultInstance());
    if (earlier.isPresent()) {
      return new Decision(before.stored(), earlier.get());
    }
    var after = next.apply(before);
    var receipt =
        Receipt.newBuilder()
            .setVersion(after.version())
            .setUpdatedAt(after.stored().getUpdatedAt())
            .setCounter(counter.applyAsLong(after))
            .build();
    var calls = call.remember(after.stored().getAppliedCalls(), receipt, CALLS_KEPT);
    var remembered = after.stored().toBuilder().setAppliedCalls(calls).build();
    return new Decision(remembered, receipt);
  }

  /** What is stored, the same instance as before for a repeat, and what is answered. */
  private record Decision(StoredState stored, Receipt receipt) {}
}
