package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The serving end of a process: subscribes its contracts' subjects in their queue groups, runs
 * handlers on virtual threads, and drains.
 *
 * <p>Thread-safe.
 */
public final class RpcServer implements AutoCloseable {
  /** What every served method shares. */
  record Environment(
      BusConfig config, RpcTelemetry telemetry, ServedCalls calls, Replies replies) {}

  private final SupervisedConnection connection;
  private final Environment environment;
  private final List<ServedContract> contracts = new CopyOnWriteArrayList<>();

  /** A server over a connection of the {@code SERVE} role, which its owner closes. */
  public RpcServer(SupervisedConnection connection, BusConfig config, RpcTelemetry telemetry) {
    this.connection = connection;
    var replies = new Replies(connection);
    this.environment = new Environment(config, telemetry, new ServedCalls(replies), replies);
  }

  /**
   * Serves a contract from now on, or from when the connection is up.
   *
   * @throws IllegalArgumentException if the contract's rules do not fit its fields
   */
  public void serve(ServiceBinding binding) {
    var contract = new ServedContract(binding, environment);
    contracts.add(contract);
    connection.onEstablished(contract::subscribe);
  }

  /** Requests at work now. */
  public int inFlight() {
    return environment.calls().count();
  }

  /** Whether every contract is subscribed, so that requests arrive. */
  public boolean isSubscribed() {
    return contracts.stream().allMatch(ServedContract::isSubscribed);
  }

  /**
   * Takes no new requests and finishes those that have arrived.
   *
   * @return whether all were finished within the timeout
   */
  public boolean drain(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (ServedContract contract : contracts) {
      contract.beginDrain(timeout);
    }
    for (ServedContract contract : contracts) {
      contract.awaitDrained(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
    return environment
        .calls()
        .awaitNone(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
  }

  /** Stops the deadline sweep; handlers still at work are on their own. */
  @Override
  public void close() {
    environment.calls().close();
  }
}
