package io.bodybroker.capabilityregistry;

import io.bodybroker.capabilityregistry.state.v1.StoredRegistration;
import io.bodybroker.capabilityregistry.v1.CapabilityMetrics;
import io.bodybroker.capabilityregistry.v1.Registration;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * All registrations, and a copy of them in memory that follows the store a moment behind: good for
 * finding who can do something, and what may have lapsed; what happens to a registration is decided
 * on the store's own document.
 */
final class Leases {
  /** How often it is looked for what has lapsed. */
  static final Duration SWEEP = Duration.ofSeconds(1);

  /** So many registrations there may be, lest a mistake of one fills the memory of all. */
  static final int MOST = 10_000;

  private final Store<StoredRegistration> store;
  private final InstantSource time;
  private final Map<String, Versioned<StoredRegistration>> copy = new ConcurrentHashMap<>();
  private final AtomicLong told = new AtomicLong();
  private volatile boolean isCopyComplete;

  Leases(Store<StoredRegistration> store, InstantSource time) {
    this.store = store;
    this.time = time;
    var unused = store.watch("", this::follow);
  }

  private void follow(Change<StoredRegistration> change) {
    switch (change) {
      case Change.Put<StoredRegistration> put ->
          copy.put(put.key(), new Versioned<>(put.key(), put.value(), put.version()));
      case Change.Deleted<StoredRegistration> deleted -> copy.remove(deleted.key());
    }
    told.accumulateAndGet(change.version(), Math::max);
  }

  /**
   * The copy, but the store's own list until the copy has all that the list shows: an instance that
   * has just started knows nobody otherwise.
   */
  private Collection<Versioned<StoredRegistration>> known() {
    if (isCopyComplete) {
      return copy.values();
    }
    long toldBefore = told.get();
    var listed = store.list("");
    isCopyComplete = toldBefore >= listed.stream().mapToLong(Versioned::version).max().orElse(0);
    return listed;
  }

  /** All that are known, online or not. */
  List<Lease> all() {
    var now = time.instant();
    return known().stream().map(one -> new Lease(one.value(), now)).toList();
  }

  /**
   * One registration.
   *
   * @throws ServiceException {@code NOT_FOUND}
   */
  Lease get(String id) {
    return store
        .get(id)
        .map(document -> new Lease(document.value(), time.instant()))
        .orElseThrow(() -> notFound(id));
  }

  /** Registers what a service says of itself, or renews it. */
  Registration register(Registration wanted) {
    var id = wanted.getRegistrationId();
    if (copy.size() >= MOST && !copy.containsKey(id)) {
      throw ServiceException.of(
          ErrorCode.RESOURCE_EXHAUSTED, "there are " + MOST + " registrations, the limit");
    }
    var now = time.instant();
    return store
        .update(id, before -> Lease.register(before, wanted, now))
        .value()
        .getRegistration();
  }

  /**
   * Renews one that is online.
   *
   * @throws ServiceException {@code NOT_FOUND} if it is not; {@code INVALID_ARGUMENT} if it has no
   *     such capability
   */
  Registration heartbeat(String id, List<CapabilityMetrics> metrics) {
    return change(
        id,
        lease -> {
          Checks.requireKnown(lease.stored().getRegistration(), metrics);
          return lease.heartbeat(metrics);
        });
  }

  /**
   * Ends one that is online.
   *
   * @throws ServiceException {@code NOT_FOUND} if it is not
   */
  void deregister(String id) {
    change(id, Lease::deregister);
  }

  private Registration change(String id, Function<Lease, StoredRegistration> change) {
    var now = time.instant();
    if (store.get(id).isEmpty()) {
      throw notFound(id); // without leaving a document
    }
    return store
        .update(
            id,
            current ->
                change.apply(
                    current
                        .map(stored -> new Lease(stored, now))
                        .filter(Lease::isOnline)
                        .orElseThrow(() -> notFound(id))))
        .value()
        .getRegistration();
  }

  private static ServiceException notFound(String id) {
    return ServiceException.notFound("registration", id);
  }

  /** Writes down what has lapsed, and lets go of what was offline for long. */
  void sweep() {
    for (Versioned<StoredRegistration> known : copy.values()) {
      var lease = new Lease(known.value(), time.instant());
      if (lease.isToBeRemoved()) {
        lapse(known.key());
      } else if (lease.isToBeForgotten()) {
        forget(known);
      }
    }
  }

  private void lapse(String id) {
    var now = time.instant();
    if (store.get(id).isPresent()) {
      store.update(
          id,
          current ->
              current
                  .map(stored -> new Lease(stored, now).lapse())
                  .orElseThrow(() -> notFound(id)));
    }
  }

  /** Unless somebody was faster, be it to forget it or to register it anew. */
  private void forget(Versioned<StoredRegistration> known) {
    try {
      store.delete(known.key(), known.version());
    } catch (ServiceException e) {
      if (e.code() != ErrorCode.ABORTED) {
        throw e;
      }
    }
  }
}
