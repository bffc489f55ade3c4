package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.nats.client.Message;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A reply that has not come yet, or what came in its place. Thread-safe. */
abstract sealed class Reply implements Inbox.Receiver permits AwaitedReply, PendingReply {
  private static final int NO_RESPONDERS = 503;

  final RpcMethod<?, ?> method;
  final String address;
  private final Duration timeout;
  private final long deadline;

  /** The first that came; a reply or what was thrown. */
  private final AtomicReference<@Nullable Object> outcome = new AtomicReference<>();

  Reply(RpcMethod<?, ?> method, Duration timeout, String address) {
    this.method = method;
    this.timeout = timeout;
    this.deadline = System.nanoTime() + timeout.toNanos();
    this.address = address;
  }

  /** Called once, when it is over. */
  abstract void tell();

  final boolean isOver() {
    return outcome.get() != null;
  }

  final long nanosLeft(long now) {
    return deadline - now;
  }

  /** Called when its time is up; maybe more than once. */
  abstract void overdue();

  /** Ends it because its time is up. */
  final void expire() {
    end(
        Requests.error(
            ErrorCode.DEADLINE_EXCEEDED,
            "no answer from %s within %d ms".formatted(method, timeout.toMillis()),
            true));
  }

  /**
   * The reply, when it is over; it may be an error reply.
   *
   * @throws ServiceException what came in its place, as {@link Requests#exchange} has it
   */
  final Message reply() {
    Object came = outcome.get();
    if (came instanceof RuntimeException e) {
      throw e;
    }
    if (came instanceof Error e) {
      throw e;
    }
    if (came instanceof Message message) {
      return answered(method, message);
    }
    throw new IllegalStateException("nothing has come for " + method);
  }

  final void end(Object first) {
    if (outcome.compareAndSet(null, first)) {
      tell();
    }
  }

  @Override
  public void receive(Message message) {
    end(message);
  }

  @Override
  public boolean takesAtOnce() {
    return true;
  }

  @Override
  public boolean take(Message message) {
    end(message);
    return true;
  }

  @Override
  public void denied(String other, ServiceException error) {
    if (other.equals(method.subject())) {
      end(error);
    }
  }

  @Override
  public void connectionLost() {
    end(
        Requests.error(
            ErrorCode.UNAVAILABLE, "connection to NATS lost while waiting for the reply", true));
  }

  private static Message answered(RpcMethod<?, ?> method, Message reply) {
    if (reply.isStatusMessage() && reply.getStatus().getCode() == NO_RESPONDERS) {
      throw Requests.error(
          ErrorCode.UNAVAILABLE,
          "nobody serves %s (subject %s)".formatted(method, method.subject()),
          false);
    }
    return reply;
  }
}
