package io.bodybroker.sdk.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import redis.clients.jedis.JedisPubSub;

/**
 * Follows a fast store for as long as it runs.
 *
 * <p>Each write announces its key on the store's channel, in the same script; the watch reads what
 * is there now and tells it if it is not what it told last. Announcements can be lost: with the
 * connection, with a link between cluster nodes, by a slow reader; and expiry makes none. So the
 * whole scope is looked through after each (re)subscription and again and again: everything but
 * what was superseded is told in the end. {@link WriteScript} and this class are the two sides of
 * that channel.
 */
final class FastWatch implements OpenWatches.Source {
  private static final Logger LOG = System.getLogger(FastWatch.class.getName());
  private static final Duration PULSE = Duration.ofSeconds(1);

  private final FastBackend backend;
  private final RedisConnections connections;
  private final String channel;
  private final Scope scope;
  private final Duration rescan;
  private final Consumer<Entry> listener;

  /** The versions of the documents that were told, and not yet told to be gone. */
  private final Map<String, Long> told = new HashMap<>();

  private long lastScan;

  FastWatch(
      FastBackend backend,
      RedisConnections connections,
      String channel,
      Scope scope,
      Duration rescan,
      Consumer<Entry> listener) {
    this.backend = backend;
    this.connections = connections;
    this.channel = channel;
    this.scope = scope;
    this.rescan = rescan;
    this.listener = listener;
  }

  @Override
  public String name() {
    return backend.name();
  }

  @Override
  public long progress() {
    return lastScan;
  }

  @Override
  public void follow() {
    var subscriber = new Subscriber();
    var pulse = Thread.ofVirtual().name("pulse-" + name()).start(() -> pulse(subscriber));
    try {
      connections.subscribe(subscriber, channel, PULSE.multipliedBy(3));
    } finally {
      pulse.interrupt();
    }
  }

  /** Answers to these pings are the sign of life, and the clock by which the watch looks again. */
  private static void pulse(Subscriber subscriber) {
    try {
      while (true) {
        Thread.sleep(PULSE);
        if (subscriber.isSubscribed()) {
          subscriber.ping();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "a subscription cannot be pinged; its reader will notice", e);
    }
  }

  private final class Subscriber extends JedisPubSub {
    @Override
    public void onSubscribe(String subscribed, int channels) {
      scan();
    }

    @Override
    public void onMessage(String from, String key) {
      if (scope.contains(key)) {
        look(key);
      }
    }

    @Override
    public void onPong(String text) {
      if (System.nanoTime() - lastScan >= rescan.toNanos()) {
        scan();
      }
    }
  }

  private void scan() {
    var missing = new HashMap<>(told);
    for (Entry entry : present()) {
      missing.remove(entry.key());
      tell(entry);
    }
    List.copyOf(missing.keySet()).forEach(this::look);
    lastScan = System.nanoTime();
  }

  private Collection<Entry> present() {
    return switch (scope) {
      case Scope.Key one -> backend.read(one.key()).filter(Entry::isLive).stream().toList();
      case Scope.Prefix many -> backend.list(many.prefix());
    };
  }

  private void look(String key) {
    var now = backend.read(key);
    if (now.filter(Entry::isLive).isPresent()) {
      tell(now.get());
      return;
    }
    Long last = told.remove(key);
    if (last != null) {
      // An expired document leaves no mark; its next version will be far above this one.
      listener.accept(now.orElseGet(() -> Entry.deletion(key, last + 1)));
    }
  }

  private void tell(Entry entry) {
    Long last = told.put(entry.key(), entry.version());
    if (last == null || last != entry.version()) {
      listener.accept(entry);
    }
  }
}
