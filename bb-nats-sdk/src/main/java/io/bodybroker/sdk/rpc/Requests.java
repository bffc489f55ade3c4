package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.DirectWriter;
import io.bodybroker.sdk.internal.HeaderBlock;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Requests and their replies over one connection, on an {@linkplain Inbox inbox} of our own.
 *
 * <p>jnats' {@code request} would complete its futures only on a clean-up tick, turn timeout, no
 * responders and closing into the same {@code null}, and run every continuation on its one inbox
 * thread. Here each of these is an error of its own, at its own time, and replies are handed to who
 * waits, or to a thread that begins with them.
 */
final class Requests {
  private static final Logger LOG = System.getLogger(RpcClient.class.getName());

  private final SupervisedConnection connection;
  private final StreamPace pace;
  private final Inbox inbox;
  private final DeadlineWatch deadlines;

  Requests(SupervisedConnection connection, StreamPace pace) {
    this.connection = connection;
    this.pace = pace;
    this.inbox = new Inbox(connection, this::onStray);
    this.deadlines = new DeadlineWatch(new InboxWaits(inbox));
  }

  /**
   * Sends one request and waits for its reply.
   *
   * @param payload small enough for the server, header included
   * @return the reply, which may be an error reply
   * @throws ServiceException made on this side: {@code UNAVAILABLE}, {@code DEADLINE_EXCEEDED},
   *     {@code CANCELLED}, {@code INVALID_ARGUMENT} if too large
   */
  Message exchange(RpcMethod<?, ?> method, HeaderBlock headers, byte[] payload, Duration timeout) {
    var reply = new AwaitedReply(method, timeout, inbox.newAddress());
    inbox.add(reply.address, reply);
    try {
      Connection up = connection.require(); // from now on it is told if that is lost
      send(up, method, reply.address, headers, payload);
      return reply.await(deadlines);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw error(ErrorCode.CANCELLED, "interrupted while waiting for " + method, true);
    } finally {
      inbox.remove(reply.address);
    }
  }

  /**
   * Sends one request and does not wait for its reply.
   *
   * @param payload small enough for the server, header included
   * @param whenOver is told when {@link PendingReply#reply} has something to tell, by whoever
   *     brings that: it must not block. Once, and not at all if this throws
   * @throws ServiceException {@code UNAVAILABLE} if there is no connection
   */
  PendingReply begin(
      RpcMethod<?, ?> method,
      HeaderBlock headers,
      byte[] payload,
      Duration timeout,
      Consumer<PendingReply> whenOver) {
    connection.require();
    var reply = new PendingReply(method, timeout, inbox, whenOver);
    inbox.add(reply.address, reply);
    // jnats gives a message up without a word when its thread is interrupted
    boolean wasInterrupted = Thread.interrupted();
    try {
      deadlines.begin();
      Connection up = connection.require(); // from now on it is told if that is lost
      send(up, method, reply.address, headers, payload);
      if (Thread.currentThread().isInterrupted()) {
        reply.end(error(ErrorCode.CANCELLED, "interrupted while sending " + method, true));
      }
    } catch (RuntimeException | Error e) { // something else may have come in its place meanwhile
      reply.end(e);
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return reply;
  }

  /**
   * Sends one request and waits until its stream is open.
   *
   * @param payload small enough for the server, header included
   * @throws ServiceException the server's refusal, or made on this side as {@link #exchange} does
   */
  <R extends com.google.protobuf.Message> ReceivedStream<R> open(
      RpcMethod<?, R> method, HeaderBlock.Builder headers, byte[] payload, Duration timeout) {
    Connection up = connection.require();
    headers.put(StreamSignal.CREDIT, pace.window().toString());
    var stream = new ReceivedStream<>(method, connection, inbox, pace);
    try {
      send(up, method, stream.address(), headers.build(), payload);
      stream.awaitOpen(timeout);
      return stream;
    } catch (ServiceException e) {
      stream.close();
      throw e;
    }
  }

  /**
   * What comes for a call that is over is dropped. A stream whose reader is gone is told so: it may
   * have been opened when its reader had stopped waiting for that.
   */
  private void onStray(Message message) {
    String writer = message.getReplyTo();
    if (writer == null) {
      return;
    }
    try {
      connection.require().publish(writer, StreamSignal.cancel(), null);
    } catch (ServiceException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "a stream that nobody reads was not told so", e);
    }
  }

  /** Makes an attempt, and hears what an error of it tells of the servers' clock. */
  <T> T heeding(Supplier<T> attempt) {
    try {
      return attempt.get();
    } catch (ServiceException e) {
      var clock = LateRequest.clockOf(e);
      clock.ifPresent(inbox.clock()::replace);
      throw clock.isPresent() ? LateRequest.forCaller(e) : e;
    }
  }

  /** What ends waits whose time is up. */
  DeadlineWatch deadlines() {
    return deadlines;
  }

  private void send(
      Connection up, RpcMethod<?, ?> method, String replyTo, HeaderBlock headers, byte[] payload) {
    requireFits(up, method, headers, payload);
    if (DirectWriter.publish(up, method.subject(), replyTo, headers, payload)) {
      return;
    }
    try {
      up.publish(method.subject(), replyTo, headers, payload);
    } catch (IllegalStateException e) {
      throw connection.unavailable("connection to NATS lost before " + method + " was sent", e);
    }
  }

  private static void requireFits(
      Connection up, RpcMethod<?, ?> method, HeaderBlock headers, byte[] payload) {
    long size = (long) payload.length + headers.serializedLength();
    long limit = up.getMaxPayload();
    if (limit > 0 && size > limit) {
      throw error(
          ErrorCode.INVALID_ARGUMENT,
          "request to %s has %d bytes (expected: at most %d)".formatted(method, size, limit),
          false);
    }
  }

  static ServiceException error(ErrorCode code, String message, boolean mayHaveExecuted) {
    return ServiceException.builder(code, message)
        .origin(ErrorOrigin.CLIENT)
        .mayHaveExecuted(mayHaveExecuted)
        .build();
  }

  /** The replies that are waited for. */
  private record InboxWaits(Inbox inbox) implements DeadlineWatch.Waits {
    /** Streams look after their own time. */
    @Override
    public boolean any() {
      for (Inbox.Receiver receiver : inbox.receivers()) {
        if (receiver instanceof Reply) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void wakeOverdue() {
      long now = System.nanoTime();
      for (Inbox.Receiver receiver : inbox.receivers()) {
        if (receiver instanceof Reply reply && reply.nanosLeft(now) <= 0) {
          reply.overdue();
        }
      }
    }
  }
}
