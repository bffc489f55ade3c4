package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.connection.ConnectionState;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.NUID;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests and their replies over one connection, on a wildcard subscription of our own.
 *
 * <p>jnats' {@code request} would complete its futures only on a clean-up tick, turn timeout, no
 * responders and closing into the same {@code null}, and run every continuation on its one inbox
 * thread. Here each of these is an error of its own, at its own time, and replies are handed to the
 * thread that waits.
 */
final class ReplyInbox {
  private static final int NO_RESPONDERS = 503;

  private final SupervisedConnection connection;
  private final String prefix = "_INBOX." + NUID.nextGlobal() + ".";
  private final AtomicLong tokens = new AtomicLong();
  private final Map<String, CompletableFuture<Message>> waiting = new ConcurrentHashMap<>();

  ReplyInbox(SupervisedConnection connection) {
    this.connection = connection;
    connection.onEstablished(this::subscribe);
    connection.onStateChange(this::onStateChange);
  }

  private void subscribe(Connection fresh) {
    fresh.createDispatcher(this::onReply).subscribe(prefix + "*");
  }

  private void onReply(Message reply) {
    var waiter = waiting.remove(reply.getSubject().substring(prefix.length()));
    if (waiter != null) {
      waiter.complete(reply);
    }
  }

  /**
   * Replies to what was asked over a lost connection may have gone with it: nobody shall wait for
   * them.
   */
  private void onStateChange(ConnectionState state) {
    if (state == ConnectionState.UP) {
      return;
    }
    var lost =
        error(ErrorCode.UNAVAILABLE, "connection to NATS lost while waiting for the reply", true);
    // Each waiter takes itself off the map.
    waiting.forEach((token, waiter) -> waiter.completeExceptionally(lost));
  }

  /**
   * Sends one request and waits for its reply.
   *
   * @param payload small enough for the server, header included
   * @return the reply, which may be an error reply
   * @throws ServiceException made on this side: {@code UNAVAILABLE}, {@code DEADLINE_EXCEEDED},
   *     {@code CANCELLED}, {@code INVALID_ARGUMENT} if too large
   */
  Message exchange(RpcMethod<?, ?> method, Headers headers, byte[] payload, Duration timeout) {
    Connection up = connection.require();
    String token = Long.toString(tokens.incrementAndGet(), Character.MAX_RADIX);
    var reply = new CompletableFuture<Message>();
    waiting.put(token, reply);
    try {
      requireFits(up, method, headers, payload);
      send(up, method, token, headers, payload);
      return answered(method, reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw error(
          ErrorCode.DEADLINE_EXCEEDED,
          "no answer from %s within %d ms".formatted(method, timeout.toMillis()),
          true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw error(ErrorCode.CANCELLED, "interrupted while waiting for " + method, true);
    } catch (ExecutionException e) {
      throw (ServiceException) e.getCause();
    } finally {
      waiting.remove(token);
    }
  }

  private void send(
      Connection up, RpcMethod<?, ?> method, String token, Headers headers, byte[] payload) {
    try {
      up.publish(method.subject(), prefix + token, headers, payload);
    } catch (IllegalStateException e) {
      throw connection.unavailable("connection to NATS lost before " + method + " was sent", e);
    }
  }

  private static Message answered(RpcMethod<?, ?> method, Message reply) {
    if (reply.isStatusMessage() && reply.getStatus().getCode() == NO_RESPONDERS) {
      throw error(
          ErrorCode.UNAVAILABLE,
          "nobody serves %s (subject %s)".formatted(method, method.subject()),
          false);
    }
    return reply;
  }

  private static void requireFits(
      Connection up, RpcMethod<?, ?> method, Headers headers, byte[] payload) {
    long size = (long) payload.length + headers.serializedLength();
    long limit = up.getMaxPayload();
    if (limit > 0 && size > limit) {
      throw error(
          ErrorCode.INVALID_ARGUMENT,
          "request to %s has %d bytes (expected: at most %d)".formatted(method, size, limit),
          false);
    }
  }

  private static ServiceException error(ErrorCode code, String message, boolean mayHaveExecuted) {
    return ServiceException.builder(code, message)
        .origin(ErrorOrigin.CLIENT)
        .mayHaveExecuted(mayHaveExecuted)
        .build();
  }
}
