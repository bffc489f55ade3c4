package io.bodybroker.gateway.http;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The clients whose requests arrive or are at work. Whoever waits for a client that does not finish
 * its request, that takes nothing of what is written to it, or that has gone, is interrupted: the
 * connection ends, and so does the call made for it.
 *
 * <p>A request that is answered soon costs no more than its entry here. Only of those that take
 * longer the connection is watched, by a read of what would be the next request: what that read
 * gets stays with the connection. A client that closes only its own direction of the connection
 * counts as gone, as it does for most HTTP servers. Thread-safe.
 */
final class Clients implements AutoCloseable, Http1ConnectionListener {
  private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");
  private static final Duration SOON = Duration.ofMillis(200);
  private static final long NEVER = 0;

  /**
   * The connection of the request that a thread is at work for. Helidon has a thread for each
   * connection, and tells which it is before it hands on the request.
   */
  private static final ThreadLocal<@Nullable HelidonSocket> SOCKETS = new ThreadLocal<>();

  private final Set<Visit> visits = ConcurrentHashMap.newKeySet();

  /** Who reads the headers of a request, and until when. Helidon reads no two with one thread. */
  private final Map<Thread, Long> heads = new ConcurrentHashMap<>();

  private final Duration receive;
  private final Duration stall;
  private final int proxies;
  private final Thread watcher;

  /**
   * Starts to watch.
   *
   * @param receive how long the headers of a request may take, and how long its body
   * @param stall how long a client may take nothing
   * @param proxies how many proxies of ours are in front
   */
  Clients(Duration receive, Duration stall, int proxies) {
    this.receive = receive;
    this.stall = stall;
    this.proxies = proxies;
    this.watcher = Thread.ofVirtual().name("gateway-clients").start(this::watch);
  }

  @Override
  public void prologue(ConnectionContext connection, HttpPrologue prologue) {
    SOCKETS.set(connection.serverSocket());
    heads.put(Thread.currentThread(), after(receive));
  }

  @Override
  public void headers(ConnectionContext connection, Headers headers) {
    heads.remove(Thread.currentThread());
  }

  private static long after(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    return deadline == NEVER ? 1 : deadline;
  }

  /** The address of a client as the outermost proxy of ours saw it, or as we do without one. */
  String address(ServerRequest request) {
    if (proxies == 0 || !request.headers().contains(FORWARDED_FOR)) {
      return request.remotePeer().host();
    }
    var hops = String.join(",", request.headers().values(FORWARDED_FOR)).split(",", -1);
    return hops.length >= proxies
        ? hops[hops.length - proxies].strip()
        : request.remotePeer().host();
  }

  /** How many requests are at work. */
  int count() {
    return visits.size();
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
        heads.entrySet().removeIf(head -> isLate(head.getKey(), head.getValue(), now));
        visits.forEach(visit -> visit.look(now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Headers that were refused leave their entry, and their thread ends by itself. */
  private static boolean isLate(Thread reader, long deadline, long now) {
    boolean isLate = now - deadline > 0;
    if (isLate) {
      reader.interrupt();
    }
    return isLate || !reader.isAlive();
  }

  @Override
  public void close() {
    watcher.interrupt();
  }

  /** One request at work. It begins with its body still to be read. */
  final class Visit implements AutoCloseable {
    private final @Nullable HelidonSocket socket;
    private final Thread worker;
    private final long begun = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();

    /** Until when the client must have sent or taken what is waited for, in nanoseconds. */
    private volatile long deadline = after(receive);

    private volatile boolean isGone;

    /** Guarded by the lock: only one thread may read from a connection. */
    private boolean isWatched;

    /** Guarded by the lock: the worker has other things to do, and must not be interrupted. */
    private boolean isOver;

    private Visit(@Nullable HelidonSocket socket, Thread worker) {
      this.socket = socket;
      this.worker = worker;
    }

    /** The request has been read to its end, so its connection may be watched. */
    void watch() {
      deadline = NEVER;
      setWatched(true);
    }

    /** What is left of the request is about to be read after all. */
    void beginRead() {
      setWatched(false);
      deadline = after(receive);
    }

    private void setWatched(boolean value) {
      lock.lock();
      try {
        isWatched = value;
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
      deadline = after(stall);
    }

    /** It was written. */
    void endWrite() {
      deadline = NEVER;
    }

    private void look(long now) {
      if (now - begun < SOON.toNanos()) {
        return;
      }
      lock.lock();
      try {
        if (!isOver && !isGone && (isLate(now) || isDisconnected())) {
          isGone = true;
          worker.interrupt();
        }
      } finally {
        lock.unlock();
      }
    }

    private boolean isLate(long now) {
      long until = deadline;
      return until != NEVER && now - until > 0;
    }

    private boolean isDisconnected() {
      if (socket == null || !isWatched) {
        return false;
      }
      socket.idle();
      return !socket.isConnected();
    }

    @Override
    public void close() {
      lock.lock();
      try {
        isOver = true;
      } finally {
        lock.unlock();
      }
      visits.remove(this);
    }
  }
}
