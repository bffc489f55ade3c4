package io.bodybroker.settings;

import com.google.protobuf.Timestamp;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Watch;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.settings.preference.Overrides;
import io.bodybroker.settings.state.v1.Receipt;
import io.bodybroker.settings.state.v1.StoredSettings;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What players and operators set. Decides on what there is, and writes if nobody was faster; the
 * event of a change is made of its revision by the store's feed.
 *
 * <p>Thread-safe.
 */
final class Preferences {
  /** How many calls a document remembers. */
  static final int CALLS_KEPT = 16;

  private final Store<StoredSettings> store;
  private final InstantSource time;

  Preferences(Store<StoredSettings> store, InstantSource time) {
    this.store = store;
    this.time = time;
  }

  /** What an owner set. */
  Owned read(Owner owner) {
    return new Owned(owner, stored(store.get(owner.key()).map(found -> found.value())));
  }

  /** What an owner set, as it was at a version or has been since. */
  Owned read(Owner owner, long minVersion) {
    var found = store.get(owner.key(), stored -> stored.getVersion() >= minVersion);
    return new Owned(owner, stored(found.map(document -> document.value())));
  }

  private static StoredSettings stored(Optional<StoredSettings> found) {
    return found.orElse(StoredSettings.getDefaultInstance());
  }

  /** Tells each version committed from now on, and perhaps some before. */
  Watch watch(Owner owner, Consumer<Owned> listener) {
    return store.watchKey(
        owner.key(),
        change -> {
          // What only an operator can do: a document that is gone is none to tell.
          if (change instanceof Change.Put<StoredSettings> put) {
            listener.accept(new Owned(owner, put.value()));
          }
        });
  }

  /**
   * Changes what an owner set, unless the call is a repeat or changes nothing.
   *
   * @param change from what is set, and the time, to what shall be; runs again when somebody else
   *     was faster
   */
  Receipt commit(
      Owner owner, IdempotentCall call, BiFunction<Overrides, Timestamp, Overrides> change) {
    var now = ProtoTimes.timestamp(time.instant());
    var receipt = new AtomicReference<Receipt>();
    store.update(
        owner.key(),
        current -> {
          var before = new Owned(owner, stored(current));
          Optional<Receipt> earlier =
              call.answer(before.stored().getAppliedCalls(), Receipt.getDefaultInstance());
          if (earlier.isPresent()) {
            receipt.set(earlier.get());
            return before.stored();
          }
          var next = next(before, change.apply(before.overrides(), now), call);
          receipt.set(next.receipt());
          return next.stored();
        });
    return receipt.get();
  }

  /** The same instance if there is nothing to write: no change, and no key to remember. */
  private static Next next(Owned before, Overrides after, IdempotentCall call) {
    var changed = after.changedSince(before.overrides());
    var version = before.stored().getVersion() + (changed.isEmpty() ? 0 : 1);
    var receipt = Receipt.newBuilder().addAllChangedKeys(changed).setVersion(version).build();
    var calls = call.remember(before.stored().getAppliedCalls(), receipt, CALLS_KEPT);
    if (changed.isEmpty() && calls.equals(before.stored().getAppliedCalls())) {
      return new Next(before.stored(), receipt);
    }
    var stored =
        StoredSettings.newBuilder()
            .addAllOverrides(after.stored())
            .setVersion(version)
            .setAppliedCalls(calls)
            .addAllChangedKeys(changed)
            .build();
    return new Next(stored, receipt);
  }

  private record Next(StoredSettings stored, Receipt receipt) {}

  /** What an owner set, as it is stored. */
  record Owned(Owner owner, StoredSettings stored) {
    Overrides overrides() {
      return Overrides.of(owner.catalog(), stored.getOverridesList());
    }

    long version() {
      return stored.getVersion();
    }
  }
}
