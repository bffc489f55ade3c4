package io.bodybroker.gateway.readiness;

import io.bodybroker.sdk.error.ServiceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for services to be there: asks each (NATS ADR-32) until it has answered once. After that
 * its outages are the matter of calls, not of readiness: one service away must not take the gateway
 * from all others.
 *
 * <p>Thread-safe.
 */
public final class ServiceWatch implements AutoCloseable {
  /** Asks a service whether it is there. */
  @FunctionalInterface
  public interface Ping {
    /**
     * Whether an instance answers within the time; may throw {@link ServiceException} while not
     * connected.
     */
    boolean answers(String service, Duration timeout);
  }

  private static final Logger LOG = System.getLogger(ServiceWatch.class.getName());
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final ConcurrentSkipListSet<String> missing;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private ServiceWatch(Collection<String> services, Ping ping) {
    this.missing = new ConcurrentSkipListSet<>(services);
    this.thread = Thread.ofVirtual().name("service-watch").unstarted(() -> watch(ping));
  }

  /** Starts to ask. */
  public static ServiceWatch start(Collection<String> services, Ping ping) {
    var watch = new ServiceWatch(services, ping);
    watch.thread.start();
    return watch;
  }

  /** The services that have not answered yet, by name. */
  public List<String> missing() {
    return List.copyOf(missing);
  }

  private void watch(Ping ping) {
    try {
      do {
        missing.removeIf(service -> answers(ping, service));
      } while (!missing.isEmpty() && !closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean answers(Ping ping, String service) {
    try {
      return ping.answers(service, TIMEOUT);
    } catch (ServiceException e) {
      LOG.log(Level.DEBUG, "cannot ask for {0}: {1}", service, e.message());
      return false;
    }
  }

  /** Asks no more. May be called twice. */
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }
}
