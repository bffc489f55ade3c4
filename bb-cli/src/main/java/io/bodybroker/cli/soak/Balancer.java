package io.bodybroker.cli.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests to gateways as a load balancer does: in turn to those that say they are ready, on
 * connections that it keeps, and each request once. Thread-safe.
 */
final class Balancer implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);

  /** Longer than the deadline of any call. */
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(20);

  /** Shorter than a gateway keeps its own ({@code gateway.idle-timeout}). */
  private static final Duration KEEP = Duration.ofSeconds(30);

  private static final class Target {
    private final int port;
    private final Deque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean isReady;

    Target(int port) {
      this.port = port;
    }
  }

  private final List<Target> targets;
  private final AtomicLong turn = new AtomicLong();
  private volatile boolean isClosed;

  /** Begins to look which of these gateways are ready. */
  Balancer(List<Integer> ports) {
    this.targets = ports.stream().map(Target::new).toList();
    targets.forEach(target -> Thread.ofVirtual().name("soak-balancer").start(() -> watch(target)));
  }

  private void watch(Target target) {
    while (!isClosed) {
      target.isReady = isReady(target);
      if (!target.isReady) {
        drop(target);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private static boolean isReady(Target target) {
    try {
      return HttpConnection.get(target.port, "/health/ready", POLL_TIMEOUT).status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static void drop(Target target) {
    for (var one = target.idle.poll(); one != null; one = target.idle.poll()) {
      one.close();
    }
  }

  /** Whether a gateway gets requests: some time after it is ready. */
  boolean sendsTo(int port) {
    return targets.stream().anyMatch(target -> target.port == port && target.isReady);
  }

  /** The port of a gateway that is ready, another one each time. */
  int readyPort() throws CallFailure {
    return next().port;
  }

  private Target next() throws CallFailure {
    var ready = targets.stream().filter(target -> target.isReady).toList();
    if (ready.isEmpty()) {
      throw new CallFailure("no gateway is ready");
    }
    return ready.get((int) (turn.getAndIncrement() % ready.size()));
  }

  /**
   * Sends one request, once.
   *
   * @throws CallFailure if there is no whole answer; what the answer says is not looked at
   */
  HttpReply send(String method, String path, Map<String, String> headers, String body)
      throws CallFailure {
    Target target = next();
    HttpConnection connection = connection(target);
    try {
      HttpReply reply = connection.send(method, path, headers, body);
      if (connection.isReusable() && target.isReady) {
        target.idle.push(connection);
      } else {
        connection.close();
      }
      return reply;
    } catch (IOException e) {
      connection.close();
      throw new CallFailure("connection lost", e);
    }
  }

  private static HttpConnection connection(Target target) throws CallFailure {
    for (var kept = target.idle.poll(); kept != null; kept = target.idle.poll()) {
      if (kept.idle().compareTo(KEEP) < 0) {
        return kept;
      }
      kept.close();
    }
    try {
      return HttpConnection.open(target.port, REPLY_TIMEOUT);
    } catch (IOException e) {
      throw new CallFailure("connection refused", e);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    targets.forEach(Balancer::drop);
  }
}
