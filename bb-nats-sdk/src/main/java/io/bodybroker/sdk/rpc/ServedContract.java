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

  private final ServiceContract contract;
  private final List<? extends ServedMethod<?, ?>> methods;
  private final DiscoveryResponder discovery;
  private volatile boolean isDraining;
  private volatile @Nullable Dispatcher dispatcher;
  private volatile @Nullable CompletableFuture<Boolean> drained;

  ServedContract(ServiceBinding binding, RpcServer.Environment environment) {
    this.contract = binding.contract();
    this.methods =
        binding.methods().stream().map(bound -> new ServedMethod<>(bound, environment)).toList();
    this.discovery = new DiscoveryResponder(contract, methods, environment);
  }

  /** A new jnats connection knows nothing of the old one's subscriptions. */
  void subscribe(Connection fresh) {
    if (isDraining) {
      return;
    }
    Dispatcher requests = fresh.createDispatcher();
    for (ServedMethod<?, ?> method : methods) {
      requests.subscribe(method.method().subject(), contract.queueGroup(), method::receive);
    }
    discovery.subscribe(fresh);
    dispatcher = requests;
  }

  boolean isSubscribed() {
    Dispatcher present = dispatcher;
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
