package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.HeaderBlock;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Requests and their replies over one connection, on an {@linkplain Inbox inbox} of our own.
 *
 * <p>jnats' {@code request} would complete its futures only on a clean-up tick, turn timeout, no
 * responders and closing into the same {@code null}, and run every continuation on its one inbox
 * thread. Here each of these is an error of its own, at its own time, and replies are handed to the
 * thread that waits.
 */
final class Requests {
  private static final Logger LOG = System.getLogger(RpcClient.class.getName());
  private static final int NO_RESPONDERS = 503;

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
    Connection up = connection.require();
    var reply = new Reply(method.subject(), System.nanoTime() + timeout.toNanos());
    String replyTo = inbox.add(reply);
    try {
      send(up, method, replyTo, headers, payload);
      return answered(method, reply.await(deadlines));
    } catch (TimeoutException e) {
      throw error(
          ErrorCode.DEADLINE_EXCEEDED,
          "no answer from %s within %d ms".formatted(method, timeout.toMillis()),
          true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw error(ErrorCode.CANCELLED, "interrupted while waiting for " + method, true);
    } finally {
      inbox.remove(replyTo);
    }
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

  /**
   * Hears of an error that came while its caller was still waiting.
   *
   * @return the error for the caller
   */
  ServiceException heed(ServiceException error) {
    var clock = LateRequest.clockOf(error);
    clock.ifPresent(inbox.clock()::replace);
    return clock.isPresent() ? LateRequest.forCaller(error) : error;
  }

  private void send(
      Connection up, RpcMethod<?, ?> method, String replyTo, HeaderBlock headers, byte[] payload) {
    requireFits(up, method, headers, payload);
    try {
      up.publish(method.subject(), replyTo, headers, payload);
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

  private static ServiceException error(ErrorCode code, String message, boolean mayHaveExecuted) {
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
        if (receiver instanceof Reply reply && reply.isOverdue(now)) {
          LockSupport.unpark(reply.waiting);
        }
      }
    }
  }

  /** A reply that one thread, who made this, waits for. */
  private static final class Reply implements Inbox.Receiver {
    private final Thread waiting = Thread.currentThread();
    private final String subject;
    private final long deadline;

    /** The first that came; a reply or an error. */
    private final AtomicReference<@Nullable Object> outcome = new AtomicReference<>();

    Reply(String subject, long deadline) {
      this.subject = subject;
      this.deadline = deadline;
    }

    boolean isOverdue(long now) {
      return now - deadline >= 0;
    }

    /**
     * The reply.
     *
     * @throws ServiceException what came in its place
     */
    Message await(DeadlineWatch deadlines) throws InterruptedException, TimeoutException {
      Object came = outcome.get();
      while (came == null) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        long now = System.nanoTime();
        if (isOverdue(now)) {
          throw new TimeoutException();
        }
        park(deadlines, deadline - now);
        came = outcome.get();
      }
      if (came instanceof ServiceException error) {
        throw error;
      }
      return (Message) came;
    }

    /**
     * The kernel gives a thread of its own a timer for nothing; a virtual thread's has its price.
     */
    private void park(DeadlineWatch deadlines, long nanos) {
      if (waiting.isVirtual()) {
        deadlines.begin();
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, nanos);
      }
    }

    private void came(Object first) {
      if (outcome.compareAndSet(null, first)) {
        LockSupport.unpark(waiting);
      }
    }

    @Override
    public void receive(Message message) {
      came(message);
    }

    @Override
    public boolean takesAtOnce() {
      return true;
    }

    @Override
    public void denied(String other, ServiceException error) {
      if (other.equals(subject)) {
        came(error);
      }
    }

    @Override
    public void connectionLost() {
      came(
          error(
              ErrorCode.UNAVAILABLE, "connection to NATS lost while waiting for the reply", true));
    }
  }
}
