package io.bodybroker.questsystem;

import io.bodybroker.questsystem.journal.Journal;
import io.bodybroker.questsystem.state.v1.Receipt;
import io.bodybroker.questsystem.state.v1.StoredJournal;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.store.Store;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The journals of all players, one document each. Decides on what there is, and writes if nobody
 * was faster; what happened is part of the revision, and the store's feed makes the events of it.
 *
 * <p>Thread-safe.
 */
final class Journals {
  /** How many calls a journal remembers. */
  static final int CALLS_KEPT = 16;

  private final Store<StoredJournal> store;

  Journals(Store<StoredJournal> store) {
    this.store = store;
  }

  /** A player's journal; that of a new player if none is stored. */
  Journal read(String player) {
    return Journal.of(player, store.get(player).map(found -> found.value()));
  }

  /**
   * Changes a journal.
   *
   * @param change runs again when somebody else was faster. What it throws is thrown on, and
   *     nothing is written; nor is anything if it makes an equal journal
   * @return the journal as it is now
   */
  Journal change(String player, UnaryOperator<Journal> change) {
    // Looked at first, so that what changes nothing makes no document of a new player.
    var now = read(player);
    if (change.apply(now).stored().equals(now.stored())) {
      return now;
    }
    var stored =
        store.update(
            player,
            current -> {
              var before = Journal.of(player, current);
              var after = change.apply(before);
              return current.isPresent() && after.stored().equals(before.stored())
                  ? current.get()
                  : after.stored();
            });
    return Journal.of(player, Optional.of(stored.value()));
  }

  /**
   * Changes a journal, unless the call is a repeat.
   *
   * @param change as in the other form
   * @param quest the id of the quest that the answer is about, from the changed journal
   * @return that quest's id and the journal as it is now
   */
  Changed change(
      String player,
      IdempotentCall call,
      UnaryOperator<Journal> change,
      Function<Journal, String> quest) {
    var receipt = new AtomicReference<Receipt>();
    var stored =
        store.update(
            player,
            current -> {
              var before = Journal.of(player, current);
              var memory = before.stored().getAppliedCalls();
              Optional<Receipt> earlier = call.answer(memory, Receipt.getDefaultInstance());
              if (earlier.isPresent() && current.isPresent()) {
                receipt.set(earlier.get());
                return current.get();
              }
              var after = change.apply(before);
              var answer = Receipt.newBuilder().setQuestId(quest.apply(after)).build();
              receipt.set(answer);
              return after.stored().toBuilder()
                  .setAppliedCalls(call.remember(memory, answer, CALLS_KEPT))
                  .build();
            });
    return new Changed(receipt.get().getQuestId(), Journal.of(player, Optional.of(stored.value())));
  }

  /** A journal, and the quest an answer is about. */
  record Changed(String questId, Journal journal) {}
}
