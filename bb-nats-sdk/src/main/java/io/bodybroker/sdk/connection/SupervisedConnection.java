package io.bodybroker.sdk.connection;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.DeniedSubjects.Denial;
import io.bodybroker.sdk.internal.DirectWriter;
import io.bodybroker.sdk.internal.NamedServers;
import io.bodybroker.sdk.internal.ObservedSocket;
import io.bodybroker.sdk.internal.Pings;
import io.bodybroker.sdk.security.RefusedCertificateException;
import io.bodybroker.sdk.security.SecurityFiles;
import io.bodybroker.sdk.telemetry.StateChange;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is always being kept: a supervisor connects, and connects anew whenever jnats
 * has closed the connection for good (which it does, for example, after the same authentication
 * error twice, whatever its reconnect setting).
 *
 * <p>Whoever subscribes does so in {@link #onEstablished}, because a new jnats connection knows
 * nothing of the old one's subscriptions. Thread-safe.
 */
public final class SupervisedConnection implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SupervisedConnection.class.getName());

  private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]*@");
  private static final int MOST_REASONS = 5;

  /** Of ours, and then of jnats'. */
  private static final Duration LAST_WRITES = Duration.ofSeconds(1);

  private final String name;
  private final ConnectionRole role;
  private final BusConfig config;
  private final SecurityFiles security;
  private final HandshakeTroubles troubles;
  private final List<Consumer<Connection>> established = new CopyOnWriteArrayList<>();

  /** Those that the present connection has not had yet; under the lock. */
  private final List<Consumer<Connection>> missing = new ArrayList<>();

  private final List<Consumer<ConnectionState>> stateListeners = new CopyOnWriteArrayList<>();
  private final List<DenialListener> denialListeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ConnectionFigures figures = new ConnectionFigures(System::nanoTime);
  private final Set<String> reasonsTold = new HashSet<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread supervisor;
  private volatile @Nullable Connection current;
  private volatile ConnectionState state = ConnectionState.DOWN;
  private volatile String reason = "connecting";

  /** Why the present attempt to connect did not lead to a secure connection; empty if it may. */
  private volatile Optional<String> trouble = Optional.empty();

  SupervisedConnection(ConnectionRole role, BusConfig config, SecurityFiles security) {
    this.role = role;
    this.config = config;
    this.security = security;
    this.troubles = new HandshakeTroubles(security);
    this.name = config.name() + "/" + role.name().toLowerCase(java.util.Locale.ROOT);
    this.supervisor = Thread.ofVirtual().name("supervise-" + name).unstarted(this::supervise);
  }

  void start() {
    supervisor.start();
  }

  /** What it is for. */
  public ConnectionRole role() {
    return role;
  }

  /** What it has done so far. */
  ConnectionFigures figures() {
    return figures;
  }

  /**
   * What the addresses begin with at which this process is answered: its own, so that permissions
   * can keep others from listening there. Ends with a dot.
   */
  public String inboxPrefix() {
    return "_INBOX." + config.name() + ".";
  }

  /** Where it stands now. */
  public ConnectionState state() {
    return state;
  }

  /** Why it is not up, for operators; of no meaning while it is. */
  public String reason() {
    return reason;
  }

  /**
   * The connection to send on.
   *
   * @throws ServiceException {@code UNAVAILABLE}, at once, if it is not up; nothing was sent
   */
  public Connection require() {
    Connection connection = current;
    if (connection == null || state != ConnectionState.UP) {
      throw unavailable("not connected to NATS: " + reason, null);
    }
    return connection;
  }

  /** The error for something that was not sent because this connection did not take it. */
  public ServiceException unavailable(String message, @Nullable Throwable cause) {
    var error =
        ServiceException.builder(ErrorCode.UNAVAILABLE, message)
            .origin(ErrorOrigin.CLIENT)
            .mayHaveExecuted(false);
    return (cause == null ? error : error.cause(cause)).build();
  }

  /**
   * Runs an action with each new jnats connection before it counts as up, and with the present one
   * now. What it throws is logged and the connection is made anew.
   */
  public void onEstablished(Consumer<Connection> action) {
    lock.lock();
    try {
      established.add(action);
      Connection connection = current;
      if (connection != null && state == ConnectionState.UP) {
        action.accept(connection);
      } else {
        missing.add(action);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells of each change of {@link #state()}, on a thread of the connection: do not block in it.
   */
  public void onStateChange(Consumer<ConnectionState> listener) {
    stateListeners.add(listener);
  }

  /** Hears of what the server does not permit. */
  public interface DenialListener {
    /**
     * Something is not permitted.
     *
     * @param publish whether it was to publish there; else to listen
     * @param subject where
     * @param error {@code PERMISSION_DENIED}, naming the subject; nothing was done
     */
    void denied(boolean publish, String subject, ServiceException error);
  }

  /**
   * Tells of each subject that the server does not let us use, on a thread of the connection: do
   * not block in it.
   */
  public void onDenied(DenialListener listener) {
    denialListeners.add(listener);
  }

  /** Waits until it is up. Returns whether it is. */
  public boolean awaitUp(Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (state == ConnectionState.DOWN && left > 0) {
        left = changed.awaitNanos(left);
      }
      return state == ConnectionState.UP;
    } finally {
      lock.unlock();
    }
  }

  /** Closes it for good. What was sent is written first, for at most two seconds. */
  @Override
  public void close() {
    if (!moveTo(ConnectionState.CLOSED, "closed")) {
      return;
    }
    supervisor.interrupt();
    Connection connection = current;
    if (connection != null) {
      closeQuietly(connection);
    }
    ended.countDown();
  }

  private static void closeQuietly(Connection connection) {
    try {
      if (connection.getStatus() == Connection.Status.CONNECTED) {
        DirectWriter.of(connection).flush(LAST_WRITES);
        Pings.flush(connection, LAST_WRITES);
      }
      connection.close();
    } catch (InterruptedException e) {
      closeNow(connection);
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.TimeoutException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "closing a connection that no longer answers", e);
      closeNow(connection);
    }
  }

  private static void closeNow(Connection connection) {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void supervise() {
    int failures = 0;
    while (state != ConnectionState.CLOSED) {
      var closed = new CountDownLatch(1);
      try {
        establish(closed);
        failures = 0;
        closed.await();
      } catch (IOException | RuntimeException e) {
        failures++;
        figures.failed();
        moveTo(ConnectionState.DOWN, trouble.orElse(describe(e)));
      } catch (InterruptedException e) {
        break;
      }
      if (state != ConnectionState.CLOSED && !pause(failures)) {
        break;
      }
    }
  }

  private void establish(CountDownLatch closed) throws IOException, InterruptedException {
    trouble = Optional.empty();
    Connection fresh = Nats.connect(options(closed));
    lock.lock();
    try {
      if (state == ConnectionState.CLOSED) {
        fresh.close();
        return;
      }
      for (Consumer<Connection> action : established) {
        action.accept(fresh);
      }
      missing.clear();
      current = fresh;
      figures.uses(fresh);
    } catch (RuntimeException e) {
      fresh.close();
      throw e;
    } finally {
      lock.unlock();
    }
    cameUp(fresh);
  }

  /**
   * It may have been lost while it was being set up, when its own event came too early; or be lost
   * right now, when that event must not be overtaken, and so waits for the lock. Whoever came since
   * it was set up is not left out.
   */
  private void cameUp(Connection connection) {
    lock.lock();
    try {
      if (connection.getStatus() == Connection.Status.CONNECTED) {
        missing.forEach(action -> action.accept(connection));
        missing.clear();
        moveTo(ConnectionState.UP, "connected to " + connection.getConnectedUrl());
      }
    } finally {
      lock.unlock();
    }
  }

  private Options options(CountDownLatch closed) {
    var wait = config.natsReconnectWait();
    var builder =
        Options.builder()
            .servers(config.natsUrls().toArray(String[]::new))
            .connectionName(name + " " + config.instance())
            .inboxPrefix(inboxPrefix())
            .connectionTimeout(config.natsConnectTimeout())
            .pingInterval(config.natsPingInterval())
            .maxReconnects(role.isRepaired() ? -1 : 0)
            .reconnectWait(wait)
            .reconnectJitter(wait)
            .requestCleanupInterval(Duration.ofMillis(250))
            .serverPool(new NamedServers())
            .dataPortType(ObservedSocket.class.getName())
            .errorListener(new ConnectionErrors(name, this::onException, this::onDenial))
            .connectionListener((connection, event) -> onEvent(connection, event, closed));
    if (role != ConnectionRole.SERVE) {
      // A request during an outage fails at once; only answers may wait for the server's return.
      builder.reconnectBufferSize(0);
    }
    // Without a context of ours jnats would take any certificate that anybody known has issued.
    security.nats().ifPresent(tls -> builder.sslContext(tls.context(this::onRefusal)));
    security.credentials().ifPresent(own -> builder.authHandler(new NatsAuthentication(own)));
    return builder.build();
  }

  private void onDenial(Denial denial) {
    ServiceException error = denial.error();
    for (DenialListener listener : denialListeners) {
      try {
        listener.denied(denial.publish(), denial.subject(), error);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a listener of connection " + name + " failed", e);
      }
    }
  }

  private void onRefusal(RefusedCertificateException refused) {
    noteTrouble(HandshakeTroubles.text(refused));
  }

  private void onException(Exception exception) {
    troubles.in(exception).ifPresent(this::noteTrouble);
  }

  /** A connection that jnats repairs by itself says nowhere else why it does not succeed. */
  private void noteTrouble(String text) {
    trouble = Optional.of(text);
    if (state == ConnectionState.DOWN && current != null) {
      moveTo(ConnectionState.DOWN, text);
    }
  }

  private void onEvent(
      Connection connection,
      io.nats.client.ConnectionListener.Events event,
      CountDownLatch closed) {
    switch (event) {
      case DISCONNECTED -> {
        if (connection.equals(current)) {
          moveTo(ConnectionState.DOWN, "connection lost");
        }
      }
      case RESUBSCRIBED -> {
        if (connection.equals(current)) {
          cameUp(connection);
        }
      }
      case CLOSED -> {
        if (connection.equals(current)) {
          moveTo(ConnectionState.DOWN, "connection closed by jnats: " + connection.getLastError());
        }
        closed.countDown();
      }
      case CONNECTED, RECONNECTED, DISCOVERED_SERVERS, LAME_DUCK ->
          LOG.log(Level.DEBUG, "{0}: {1}", name, event.getEvent());
    }
  }

  /**
   * Returns whether the state changed; {@code CLOSED} is final. A change is one line in the log. So
   * is a reason that has not been told since: an outage often begins as a lost connection and turns
   * out to be something else, but what fails the same way again and again is told once.
   */
  private boolean moveTo(ConnectionState next, String explanation) {
    String why = withoutSecrets(explanation);
    ConnectionState before;
    lock.lock();
    try {
      before = state;
      if (before == ConnectionState.CLOSED) {
        return false;
      }
      reason = why;
      if (before == next) {
        boolean isNews = reasonsTold.size() < MOST_REASONS && reasonsTold.add(why);
        LOG.log(
            isNews ? Level.INFO : Level.DEBUG, "connection {0} still {1}: {2}", name, next, why);
        return false;
      }
      state = next;
      figures.changed(next);
      reasonsTold.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    LOG.log(
        Level.INFO,
        StateChange.LINE,
        new StateChange("connection", name, before.name(), next.name(), why));
    for (Consumer<ConnectionState> listener : stateListeners) {
      try {
        listener.accept(next);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a listener of connection " + name + " failed", e);
      }
    }
    return true;
  }

  /**
   * Waits before the next try: full jitter under an exponential cap, so that a fleet does not
   * return in step.
   */
  private boolean pause(int failures) {
    long base = config.natsReconnectWait().toNanos();
    long cap = Math.min(base << Math.min(failures, 4), TimeUnit.SECONDS.toNanos(4));
    try {
      return !ended.await(
          ThreadLocalRandom.current().nextLong(base / 4, cap + 1), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static String describe(Exception e) {
    String text = e.getMessage();
    return text == null ? e.getClass().getSimpleName() : text;
  }

  /** What jnats says of an address, and so of who logs in there, goes to logs and to callers. */
  private static String withoutSecrets(String text) {
    return USER_INFO.matcher(text).replaceAll("//");
  }
}
