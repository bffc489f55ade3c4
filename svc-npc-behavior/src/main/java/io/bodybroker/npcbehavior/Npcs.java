package io.bodybroker.npcbehavior;

import com.google.protobuf.Message;
import io.bodybroker.npcbehavior.mind.Mind;
import io.bodybroker.npcbehavior.state.v1.StoredNpc;
import io.bodybroker.sdk.event.Delivery;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.idempotency.IdempotentEvent;
import io.bodybroker.sdk.store.Store;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The NPCs, one document each. Decides on what there is, and writes if nobody was faster; the event
 * of a revision is made by the store's feed.
 *
 * <p>Thread-safe.
 */
final class Npcs {
  /** How many calls an NPC remembers. */
  static final int CALLS_KEPT = 8;

  private final Store<StoredNpc> store;

  Npcs(Store<StoredNpc> store) {
    this.store = store;
  }

  /** An NPC; one that nobody ever described if none is stored. */
  Mind read(String npcId) {
    return Mind.of(npcId, store.get(npcId).map(found -> found.value()));
  }

  /** An NPC as it was at a version or has been since. */
  Mind read(String npcId, long minVersion) {
    var found = store.get(npcId, stored -> stored.getVersion() >= minVersion);
    return Mind.of(npcId, found.map(document -> document.value()));
  }

  /** Changes an NPC; nothing is written if the change makes an equal one. */
  Mind change(String npcId, UnaryOperator<Mind> change) {
    var stored =
        store.update(
            npcId,
            current -> {
              var before = Mind.of(npcId, current);
              var after = change.apply(before);
              return current.isPresent() && after.stored().equals(before.stored())
                  ? current.get()
                  : after.stored();
            });
    return Mind.of(npcId, Optional.of(stored.value()));
  }

  /**
   * Changes an NPC, unless the call is a repeat; then it is answered as the first time.
   *
   * @param change from the NPC as it is to the NPC as it shall be, and the answer
   */
  <R extends Message> R change(
      String npcId, IdempotentCall call, R defaultAnswer, Function<Mind, Next<R>> change) {
    var answer = new AtomicReference<R>();
    store.update(
        npcId,
        current -> {
          var before = Mind.of(npcId, current);
          var memory = before.stored().getAppliedCalls();
          var earlier = call.answer(memory, defaultAnswer);
          if (earlier.isPresent() && current.isPresent()) {
            answer.set(earlier.get());
            return current.get();
          }
          var next = change.apply(before);
          answer.set(next.answer());
          return next.mind().stored().toBuilder()
              .setAppliedCalls(call.remember(memory, next.answer(), CALLS_KEPT))
              .build();
        });
    return answer.get();
  }

  /** Changes an NPC once for an event, however often it comes. */
  void change(String npcId, Delivery delivery, Instant now, UnaryOperator<Mind> change) {
    var once = IdempotentEvent.of(delivery);
    store.update(
        npcId,
        current -> {
          var before = Mind.of(npcId, current);
          var memory = before.stored().getAppliedEvents();
          return current.isPresent() && once.isApplied(memory)
              ? current.get()
              : change.apply(before).stored().toBuilder()
                  .setAppliedEvents(once.remember(memory, now))
                  .build();
        });
  }

  /** An NPC as it shall be, and what is answered. */
  record Next<R extends Message>(Mind mind, R answer) {}
}
