package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.internal.Deliveries;
import io.bodybroker.sdk.internal.Pings;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Subscription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One contract being served over the present connection. */
final class ServedContract {
  private static final Logger LOG = System.getLogger(RpcServer.class.getName());
  private static final Duration CONFIRMATION = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Permissions are changed by people. */
  private static final Duration DENIED_PAUSE = Duration.ofSeconds(2);

  /** Some 200 requests of the largest size that a server takes by default. */
  private static final long MAX_WAITING_BYTES = 32 * 1024 * 1024;

  private final ServiceContract contract;
  private final int maxWaiting;
  private final List<ServedMethod<?, ?>> methods;
  private final DiscoveryResponder discovery;
  private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
  private final Set<String> denied = new ConcurrentSkipListSet<>();
  private volatile boolean isDraining;
  private volatile @Nullable Connection connection;
  private volatile @Nullable Dispatcher dispatcher;
  private volatile @Nullable Dispatcher confirmed;
  private volatile @Nullable CompletableFuture<Boolean> drained;

  ServedContract(ServiceBinding binding, RpcServer.Environment environment) {
    this.contract = binding.contract();
    this.maxWaiting = environment.config().serveMaxWaiting();
    this.methods =
        binding.methods().stream()
            .<ServedMethod<?, ?>>map(bound -> ServedMethod.of(bound, environment))
            .toList();
    this.discovery = new DiscoveryResponder(contract, methods, environment);
  }

  /** A new jnats connection knows nothing of the old one's subscriptions. */
  void subscribe(Connection fresh) {
    if (isDraining) {
      return;
    }
    Dispatcher requests = fresh.createDispatcher();
    var deliveries = Deliveries.of(fresh);
    requests.setPendingLimits(maxWaiting, MAX_WAITING_BYTES);
    denied.clear();
    // Before anything is sent: what is not permitted may be told at once.
    dispatcher = requests;
    connection = fresh;
    for (ServedMethod<?, ?> method : methods) {
      subscriptions.put(method.method().subject(), subscribe(requests, deliveries, method));
    }
    discovery.subscribe(fresh);
    var unused =
        Thread.ofVirtual().name("subscribe-" + contract).start(() -> confirm(requests, fresh));
  }

  private Subscription subscribe(
      Dispatcher requests, Deliveries deliveries, ServedMethod<?, ?> method) {
    return requests.subscribe(
        method.method().subject(), contract.queueGroup(), method.receiver(deliveries));
  }

  /** The server does not let us serve a subject; that may change, so it is tried again. */
  void denied(String subject) {
    Dispatcher present = dispatcher;
    Connection used = connection;
    boolean isOurs = methods.stream().anyMatch(method -> method.method().subject().equals(subject));
    if (present != null && used != null && isOurs && denied.add(subject)) {
      var unused =
          Thread.ofVirtual()
              .name("subscribe-" + subject)
              .start(() -> tryAgain(present, Deliveries.of(used), subject));
    }
  }

  private void tryAgain(Dispatcher requests, Deliveries deliveries, String subject) {
    try {
      Thread.sleep(DENIED_PAUSE);
      if (isDraining || !requests.isActive() || !requests.equals(dispatcher)) {
        return;
      }
      Subscription old = subscriptions.get(subject);
      if (old != null) {
        requests.unsubscribe(old);
      }
      denied.remove(subject);
      for (ServedMethod<?, ?> method : methods) {
        if (method.method().subject().equals(subject)) {
          subscriptions.put(subject, subscribe(requests, deliveries, method));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "the connection was lost, the next one begins anew", e);
    }
  }

  /**
   * Subscriptions are only sent when jnats says they are made. A pong tells that the server has
   * them; until then a caller would find that nobody listens.
   */
  private void confirm(Dispatcher requests, Connection fresh) {
    try {
      while (requests.isActive() && !isConfirmed(fresh)) {
        Thread.sleep(PAUSE);
      }
      confirmed = requests;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isConfirmed(Connection fresh) throws InterruptedException {
    try {
      Pings.flush(fresh, CONFIRMATION);
      return true;
    } catch (TimeoutException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "subscriptions of " + contract + " are not confirmed yet", e);
      return false;
    }
  }

  /** Requests that have arrived and were not looked at yet. */
  long waiting() {
    Dispatcher present = dispatcher;
    return present == null ? 0 : present.getPendingMessageCount();
  }

  boolean isSubscribed() {
    Dispatcher present = confirmed;
    return present != null && present.isActive() && !isDraining && denied.isEmpty();
  }

  /** What we may not serve; empty if there is nothing. */
  Optional<String> problem() {
    return denied.isEmpty()
        ? Optional.empty()
        : Optional.of("not permitted to listen on " + String.join(", ", denied));
  }

  /** Unsubscribes, and lets what the server had sent before arrive. */
  void beginDrain(Duration timeout) throws InterruptedException {
    isDraining = true;
    discovery.stop();
    Dispatcher present = dispatcher;
    Connection used = connection;
    if (present != null && used != null && present.isActive()) {
      drained =
          Pings.drain(used, present, timeout)
              .orElseGet(
                  () -> CompletableFuture.failedFuture(new TimeoutException("others drain")));
    }
  }

  void awaitDrained(Duration timeout) throws InterruptedException {
    CompletableFuture<Boolean> future = drained;
    if (future == null) {
      return;
    }
    try {
      future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "subscriptions of " + contract + " did not drain in time", e);
    }
  }
}
