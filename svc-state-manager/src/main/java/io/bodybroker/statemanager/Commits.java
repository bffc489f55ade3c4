package io.bodybroker.statemanager;

import io.bodybroker.sdk.store.Store;
import io.bodybroker.statemanager.state.v1.Receipt;
import io.bodybroker.statemanager.state.v1.StoredState;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * Commits versions of documents: decides on what there is, writes if nobody was faster, publishes.
 */
final class Commits {
  private final Store<StoredState> documents;
  private final StateEvents events;

  Commits(Store<StoredState> documents, StateEvents events) {
    this.documents = documents;
    this.events = events;
  }

  /** The document as it is. */
  StateDocument read(Target target) {
    return StateDocument.of(documents.get(target.key()).map(document -> document.value()));
  }

  /**
   * Commits the next version, unless the call is a repeat; then nothing is written and the answer
   * is that of the first time.
   *
   * @param next the next version; runs again when somebody else was faster. What it throws is
   *     thrown on, and nothing is written
   * @param counter what the receipt has as counter
   */
  Receipt commit(
      Target target,
      AppliedKeys keys,
      UnaryOperator<StateDocument> next,
      ToLongFunction<StateDocument> counter) {
    var last =
        new AtomicReference<
            Decision>(); // update runs the change at least once, the last run is the one written
    documents.update(
        target.key(),
        current -> {
          var decision = decide(StateDocument.of(current), keys, next, counter);
          last.set(decision);
          return decision.after().stored();
        });
    var decision = last.get();
    if (decision.isCommit()) {
      events.publish(target, decision.before(), decision.after());
    }
    return decision.receipt();
  }

  private static Decision decide(
      StateDocument before,
      AppliedKeys keys,
      UnaryOperator<StateDocument> next,
      ToLongFunction<StateDocument> counter) {
    Optional<Receipt> earlier = keys.receipt(before);
    if (earlier.isPresent()) {
      return new Decision(before, before, earlier.get());
    }
    var after = next.apply(before);
    var receipt =
        Receipt.newBuilder()
            .setVersion(after.version())
            .setUpdatedAt(after.stored().getUpdatedAt())
            .setCounter(counter.applyAsLong(after))
            .build();
    return new Decision(before, new StateDocument(keys.remember(after.stored(), receipt)), receipt);
  }

  private record Decision(StateDocument before, StateDocument after, Receipt receipt) {
    boolean isCommit() {
      return after.version() != before.version();
    }
  }
}
