package io.bodybroker.sdk.store;

import io.bodybroker.sdk.internal.ClientErrors;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The connections of one process to Redis, made when they are first needed, so that a process may
 * start while Redis is away.
 *
 * <p>A semaphore as large as the pool stands before it: nobody waits inside the pool, where on JDK
 * 21 waiting virtual threads can pin all carrier threads and hang for good (jedis#3927), and
 * everybody waits a bounded time. Thread-safe.
 */
final class RedisConnections implements AutoCloseable {
  private final RedisClients clients;
  private final Duration timeout;
  private final int size;
  private final Semaphore permits;
  private final AtomicReference<@Nullable UnifiedJedis> commands = new AtomicReference<>();
  private final AtomicReference<@Nullable UnifiedJedis> subscriptions = new AtomicReference<>();
  private volatile boolean closed;

  RedisConnections(RedisClients clients, Duration timeout, int size) {
    this.clients = clients;
    this.timeout = timeout;
    this.size = size;
    this.permits = new Semaphore(size);
  }

  /**
   * Runs a command that only reads: if its connection turns out to be dead, it does so again, once,
   * on a new one.
   *
   * @throws io.bodybroker.sdk.error.ServiceException if Redis could not be asked or refused
   */
  <R> R read(Function<UnifiedJedis, R> command) {
    return withPermit(jedis -> {
      try {
        return command.apply(jedis);
      } catch (JedisException e) {
        requireWorthAnotherTry(e);
      }
      try {
        RedisClients.dropIdle(jedis);
        return command.apply(jedis);
      } catch (JedisException e) {
        throw RedisErrors.toError(e);
      }
    });
  }

  /**
   * Runs a write that has its effect once though it comes twice: again on a new connection if the
   * first turns out to be dead. That one may have had the effect before it died, so a second try
   * that fails, or tells nothing for sure, leaves it open whether there was one.
   *
   * @param isSure whether an answer to the second try is one whatever became of the first
   * @throws io.bodybroker.sdk.error.ServiceException if Redis could not be asked or refused
   */
  <R> R write(Function<UnifiedJedis, R> command, Predicate<R> isSure) {
    return withPermit(jedis -> {
      JedisException lost;
      try {
        return command.apply(jedis);
      } catch (JedisException e) {
        requireWorthAnotherTry(e);
        lost = e;
      }
      try {
        RedisClients.dropIdle(jedis);
        R answer = command.apply(jedis);
        if (isSure.test(answer)) {
          return answer;
        }
      } catch (JedisException e) {
        lost.addSuppressed(e);
      }
      throw ClientErrors.unanswered("no answer from Redis", lost);
    });
  }

  private <R> R withPermit(Function<UnifiedJedis, R> work) {
    acquire();
    try {
      return work.apply(client(commands, () -> clients.commands(size)));
    } finally {
      permits.release();
    }
  }

  private static void requireWorthAnotherTry(JedisException e) {
    if (!RedisErrors.isStaleConnection(e) || Thread.currentThread().isInterrupted()) {
      throw RedisErrors.toError(e);
    }
  }

  private void acquire() {
    try {
      if (!permits.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw ClientErrors.notSent(
            "all " + size + " connections to Redis were busy for " + timeout.toMillis() + " ms",
            null);
      }
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("waiting for a connection to Redis", false, e);
    }
  }

  /**
   * Subscribes on a connection of its own and stays until the subscription ends, which a failing
   * connection ends too.
   */
  void subscribe(JedisPubSub subscriber, String channel, Duration silence) {
    try {
      client(subscriptions, () -> clients.subscriptions(silence)).subscribe(subscriber, channel);
    } catch (JedisException e) {
      throw RedisErrors.toError(e);
    }
  }

  /**
   * Made without a lock, because making one may connect; of several made at once the first stays.
   */
  private UnifiedJedis client(
      AtomicReference<@Nullable UnifiedJedis> holder, Supplier<UnifiedJedis> maker) {
    if (closed) {
      throw ClientErrors.notSent("the connections to Redis are closed", null);
    }
    var present = holder.get();
    if (present != null) {
      return present;
    }
    UnifiedJedis made;
    try {
      made = maker.get();
    } catch (JedisException e) {
      throw ClientErrors.notSent("not connected to Redis", e);
    }
    var first = holder.compareAndExchange(null, made);
    if (first != null) {
      made.close();
      return first;
    }
    if (closed) {
      close();
    }
    return made;
  }

  @Override
  public void close() {
    closed = true;
    closeHeld(commands);
    closeHeld(subscriptions);
  }

  private static void closeHeld(AtomicReference<@Nullable UnifiedJedis> holder) {
    var held = holder.getAndSet(null);
    if (held != null) {
      held.close();
    }
  }
}
