package io.bodybroker.sdk.rpc;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One contract being served over the present connection. */
final class ServedContract {
  private static final Logger LOG = System.getLogger(RpcServer.class.getName());
  private static final Duration CONFIRMATION = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Some 200 requests of the largest size that a server takes by default. */
  private static final long MAX_WAITING_BYTES = 32 * 1024 * 1024;

  private final ServiceContract contract;
  private final int maxWaiting;
  private final List<ServedMethod<?, ?>> methods;
  private final DiscoveryResponder discovery;
  private volatile boolean isDraining;
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
    requests.setPendingLimits(maxWaiting, MAX_WAITING_BYTES);
    for (ServedMethod<?, ?> method : methods) {
      requests.subscribe(method.method().subject(), contract.queueGroup(), method::receive);
    }
    discovery.subscribe(fresh);
    dispatcher = requests;
    var unused =
        Thread.ofVirtual().name("subscribe-" + contract).start(() -> confirm(requests, fresh));
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
      fresh.flush(CONFIRMATION);
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
    return present != null && present.isActive() && !isDraining;
  }

  /** Unsubscribes, and lets what the server had sent before arrive. */
  void beginDrain(Duration timeout) throws InterruptedException {
    isDraining = true;
    discovery.stop();
    Dispatcher present = dispatcher;
    if (present != null && present.isActive()) {
      drained = present.drain(timeout);
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
