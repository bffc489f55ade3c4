package io.bodybroker.bodybrokerintegration;

import com.google.protobuf.Message;
import io.bodybroker.bodybrokerintegration.state.v1.StoredBroker;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.store.Store;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The documents of players. A change is decided on what there is, and written if nobody was faster;
 * the store's feed makes its event of what happened with it.
 */
final class Brokers {
  private final Store<StoredBroker> store;

  Brokers(Store<StoredBroker> store) {
    this.store = store;
  }

  /** A player after a change, and what the call that made it is answered. */
  record Change<R extends Message>(Broker broker, R answer) {}

  Broker read(String player) {
    return Broker.of(player, store.get(player).map(document -> document.value()));
  }

  /** Changes a player; one that is as before is not written. */
  void update(String player, UnaryOperator<Broker> change) {
    store.update(player, current -> written(player, current, change));
  }

  private static StoredBroker written(
      String player, Optional<StoredBroker> current, UnaryOperator<Broker> change) {
    var before = Broker.of(player, current).withoutEvent();
    var after = change.apply(before);
    return after.equals(before) && current.isPresent() ? current.get() : after.stored();
  }

  /**
   * Changes a player for a call, unless the call is a repeat; then nothing is written and the
   * answer is that of the first time.
   *
   * @param change what the call does; may run several times. What it throws is thrown on, and
   *     nothing is written
   */
  <R extends Message> R once(
      String player, IdempotentCall call, R type, Function<Broker, Change<R>> change) {
    // The change runs at least once, and the last run is the one that is written.
    var answer = new AtomicReference<R>();
    update(
        player,
        before -> {
          var outcome = decide(before, call, type, change);
          answer.set(outcome.answer());
          return outcome.broker();
        });
    return answer.get();
  }

  private static <R extends Message> Change<R> decide(
      Broker before, IdempotentCall call, R type, Function<Broker, Change<R>> change) {
    var calls = before.stored().getAppliedCalls();
    var earlier = call.answer(calls, type);
    if (earlier.isPresent()) {
      return new Change<>(before, earlier.get());
    }
    var outcome = change.apply(before);
    var remembered =
        outcome.broker().stored().toBuilder()
            .setAppliedCalls(call.remember(calls, outcome.answer(), Broker.CALLS_KEPT));
    return new Change<>(new Broker(remembered.build()), outcome.answer());
  }
}
