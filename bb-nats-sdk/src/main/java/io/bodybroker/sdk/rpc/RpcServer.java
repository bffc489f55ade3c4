package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.deadletter.Letterbox;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The serving end of a process: subscribes its contracts' subjects in their queue groups, runs
 * handlers on virtual threads, and drains.
 *
 * <p>Thread-safe.
 */
public final class RpcServer implements AutoCloseable {
  /**
   * Whether all is done is looked for again and again rather than joining the handlers' threads, of
   * which one may just be about to start.
   */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

  /** Far more processes than call one service; each costs some hundred bytes. */
  private static final int CALLERS = 2_048;

  /** What every served method shares. */
  record Environment(
      BusConfig config,
      RpcTelemetry telemetry,
      ServedCalls calls,
      ServedStreams streams,
      Replies replies,
      TransitTimes transits,
      FailedRequests failures) {}

  private final SupervisedConnection connection;
  private final Environment environment;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("rpc-sweeper").factory());
  private final List<ServedContract> contracts = new CopyOnWriteArrayList<>();

  /**
   * A server over a connection of the {@code SERVE} role, which its owner closes; it keeps no dead
   * letters.
   */
  public RpcServer(SupervisedConnection connection, BusConfig config, RpcTelemetry telemetry) {
    this(connection, config, telemetry, new FailedRequests(null, config.instance()));
  }

  /**
   * A server over a connection of the {@code SERVE} role.
   *
   * @param letterbox for requests whose failure nobody hears or can explain; its owner drains it
   *     after this server, and closes it
   */
  public RpcServer(
      SupervisedConnection connection,
      BusConfig config,
      RpcTelemetry telemetry,
      Letterbox letterbox) {
    this(connection, config, telemetry, new FailedRequests(letterbox, config.instance()));
  }

  private RpcServer(
      SupervisedConnection connection,
      BusConfig config,
      RpcTelemetry telemetry,
      FailedRequests failures) {
    this.connection = connection;
    var replies = new Replies(connection);
    this.environment =
        new Environment(
            config,
            telemetry,
            new ServedCalls(replies, sweeper),
            new ServedStreams(connection, config, sweeper),
            replies,
            new TransitTimes(CALLERS),
            failures);
    connection.onDenied((publish, subject, error) -> {
      if (!publish) {
        contracts.forEach(contract -> contract.denied(subject));
      }
    });
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

  /** Requests at work now, open streams among them. */
  public int inFlight() {
    return environment.calls().count() + environment.streams().count();
  }

  /** Requests that have arrived and are neither at work nor refused yet. */
  public long waiting() {
    return contracts.stream().mapToLong(ServedContract::waiting).sum();
  }

  /** Whether every contract is subscribed, so that requests arrive. */
  public boolean isSubscribed() {
    return contracts.stream().allMatch(ServedContract::isSubscribed);
  }

  /** Why requests do not arrive, for operators; of no meaning if they do. */
  public String problem() {
    return contracts.stream()
        .flatMap(contract -> contract.problem().stream())
        .findFirst()
        .orElse("not subscribed");
  }

  /**
   * Takes no new requests and finishes those that have arrived. Streams, which may have no end, are
   * ended with {@code UNAVAILABLE}, so that their readers go on with another instance.
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
    environment.streams().abortAll();
    while (inFlight() > 0) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      Thread.sleep(LOOK_AGAIN);
    }
    return true;
  }

  /** Stops to watch over deadlines and streams; handlers still at work are on their own. */
  @Override
  public void close() {
    sweeper.shutdownNow();
  }
}
