package io.bodybroker.gateway.http;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The clients whose requests are at work. Whoever is at work for a client that has gone, or that
 * takes nothing of what is written to it, is interrupted, and so the call it waits for is
 * cancelled.
 *
 * <p>A request that is answered soon costs no more than its entry here. Only of those that take
 * longer the connection is watched, by a read of what would be the next request: what that read
 * gets stays with the connection. A client that closes only its own direction of the connection
 * counts as gone, as it does for most HTTP servers. Thread-safe.
 */
final class Clients implements AutoCloseable, Http1ConnectionListener {
  private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");
  private static final Duration SOON = Duration.ofMillis(200);

  /**
   * The connection of the request that a thread is at work for. Helidon has a thread for each
   * connection, and tells which it is before it hands on the request.
   */
  private static final ThreadLocal<@Nullable HelidonSocket> SOCKETS = new ThreadLocal<>();

  private final Set<Visit> visits = ConcurrentHashMap.newKeySet();
  private final Duration stall;
  private final int proxies;
  private final Thread watcher;

  /**
   * Starts to watch.
   *
   * @param stall how long a client may take nothing
   * @param proxies how many proxies of ours are in front
   */
  Clients(Duration stall, int proxies) {
    this.stall = stall;
    this.proxies = proxies;
    this.watcher = Thread.ofVirtual().name("gateway-clients").start(this::watch);
  }

  @Override
  public void prologue(ConnectionContext connection, HttpPrologue prologue) {
    SOCKETS.set(connection.serverSocket());
  }

  /** The address of a client as the outermost proxy of ours saw it, or as we do without one. */
  String address(ServerRequest request) {
    var seen = request.headers().values(FORWARDED_FOR);
    var hops = String.join(",", seen).split(",", -1);
    boolean isForwarded = proxies > 0 && !seen.isEmpty() && hops.length >= proxies;
    return isForwarded ? hops[hops.length - proxies].strip() : request.remotePeer().host();
  }

  /** The current thread begins to work for the client of its connection. */
  Visit enter() {
    var visit = new Visit(SOCKETS.get(), Thread.currentThread());
    visits.add(visit);
    return visit;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(SOON);
        long now = System.nanoTime();
        visits.forEach(visit -> visit.look(now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }

  /** One request at work. */
  final class Visit implements AutoCloseable {
    private final @Nullable HelidonSocket socket;
    private final Thread worker;
    private final long begun = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long writing;
    private volatile boolean isGone;

    /** Guarded by the lock: only one thread may read from a connection. */
    private boolean isWatched;

    private Visit(@Nullable HelidonSocket socket, Thread worker) {
      this.socket = socket;
      this.worker = worker;
    }

    /** The request has been read to its end, so its connection may be watched. */
    void watch() {
      lock.lock();
      try {
        isWatched = true;
      } finally {
        lock.unlock();
      }
    }

    /** Whether the client is gone, or as good as gone. */
    boolean isGone() {
      return isGone;
    }

    /** Something is about to be written. */
    void beginWrite() {
      long now = System.nanoTime();
      writing = now == 0 ? 1 : now;
    }

    /** It was written. */
    void endWrite() {
      writing = 0;
    }

    private void look(long now) {
      if (now - begun < SOON.toNanos()) {
        return;
      }
      lock.lock();
      try {
        if (isWatched && !isGone && (isStalled(now) || isDisconnected())) {
          isGone = true;
          worker.interrupt();
        }
      } finally {
        lock.unlock();
      }
    }

    private boolean isStalled(long now) {
      long since = writing;
      return since != 0 && now - since > stall.toNanos();
    }

    private boolean isDisconnected() {
      if (socket == null) {
        return false;
      }
      socket.idle();
      return !socket.isConnected();
    }

    @Override
    public void close() {
      lock.lock();
      try {
        isWatched = false;
      } finally {
        lock.unlock();
      }
      visits.remove(this);
    }
  }
}
