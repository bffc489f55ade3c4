package io.bodybroker.sdk.store;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.security.RefusedCertificateException;
import java.net.SocketTimeoutException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisBusyException;
import redis.clients.jedis.exceptions.JedisClusterException;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * What Jedis throws, as what a store throws. Where Jedis does not tell whether a command was sent
 * (its cluster client tries several times inside), it counts as sent. Jedis' own texts hold
 * addresses, so they stay in the cause.
 */
final class RedisErrors {
  /** The first word of Redis' errors that mean: not now, nothing was done. */
  private static final Set<String> NOT_NOW =
      Set.of(
          "LOADING",
          "READONLY",
          "MASTERDOWN",
          "CLUSTERDOWN",
          "TRYAGAIN",
          "NOREPLICAS",
          "NOAUTH",
          "MISCONF",
          "BUSY");

  private RedisErrors() {}

  static ServiceException toError(JedisException e) {
    if (Thread.currentThread().isInterrupted()) {
      return ClientErrors.interrupted("waiting for Redis", true, e);
    }
    return switch (e) {
      case JedisConnectionException lost -> connectionLost(lost);
      case JedisClusterOperationException gaveUp ->
          ClientErrors.unanswered("no answer from the Redis cluster", e);
      case JedisClusterException down -> ClientErrors.notSent("the Redis cluster is down", e);
      case JedisRedirectionException moving ->
          ClientErrors.notSent("the Redis cluster is moving slots", e);
      case JedisBusyException busy -> ClientErrors.notSent("Redis is busy", e);
      case JedisAccessControlException refused ->
          ClientErrors.notSent("Redis refused our credentials", e);
      case JedisDataException refused -> refused(refused);
      default -> pool(e);
    };
  }

  /**
   * Whether a connection turned out to be dead when it was used, as those in a pool are after Redis
   * was restarted.
   */
  static boolean isStaleConnection(JedisException e) {
    return e instanceof JedisConnectionException
        && !neverConnected(e)
        && handshakeTrouble(e).isEmpty()
        && !(e.getCause() instanceof SocketTimeoutException);
  }

  private static ServiceException connectionLost(JedisConnectionException e) {
    Optional<String> insecure = handshakeTrouble(e);
    if (insecure.isPresent()) {
      return ClientErrors.notSent("no secure connection to Redis: " + insecure.get(), e);
    }
    return neverConnected(e)
        ? ClientErrors.notSent("not connected to Redis", e)
        : ClientErrors.unanswered("no answer from Redis", e);
  }

  /** A connection that could not be made secure has carried nothing. */
  private static Optional<String> handshakeTrouble(Throwable failure) {
    var refused = RefusedCertificateException.in(failure);
    if (refused.isPresent()) {
      return Optional.of("refused: " + refused.get().getMessage());
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLHandshakeException) {
        return Optional.of(String.valueOf(cause.getMessage()));
      }
    }
    return Optional.empty();
  }

  /**
   * Jedis has one exception for all of it; only its text says that there was no socket to begin
   * with.
   */
  private static boolean neverConnected(JedisException e) {
    return text(e).startsWith("Failed to connect") || text(e).startsWith("Failed to create socket");
  }

  private static ServiceException refused(JedisDataException e) {
    var word = text(e).split(" ", 2)[0];
    if (NOT_NOW.contains(word)) {
      return ClientErrors.notSent("Redis is not ready: " + word, e);
    }
    if (word.equals("OUTBOXFULL")) {
      return ClientErrors.client(
          ErrorCode.RESOURCE_EXHAUSTED,
          "too many changes of this store are not published yet: JetStream is away, or too slow",
          false,
          e);
    }
    var code = word.equals("OOM") ? ErrorCode.RESOURCE_EXHAUSTED : ErrorCode.INTERNAL;
    return ClientErrors.client(code, "Redis refused a command: " + word, false, e);
  }

  private static ServiceException pool(JedisException e) {
    return e.getCause() instanceof NoSuchElementException
        ? ClientErrors.notSent("no connection to Redis is free", e)
        : ClientErrors.unanswered("no answer from Redis", e);
  }

  private static String text(JedisException e) {
    return String.valueOf(e.getMessage());
  }
}
