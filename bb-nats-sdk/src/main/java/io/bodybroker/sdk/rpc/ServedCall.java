package io.bodybroker.sdk.rpc;

import io.nats.client.Message;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request at work. Whoever claims the answer first, the handler or its deadline, gives it. */
final class ServedCall {
  private final Message request;
  private final long arrivedNanos;
  private final long deadlineNanos;
  private final AtomicBoolean isAnswered = new AtomicBoolean();

  ServedCall(Message request, long arrivedNanos, long deadlineNanos) {
    this.request = request;
    this.arrivedNanos = arrivedNanos;
    this.deadlineNanos = deadlineNanos;
  }

  Message request() {
    return request;
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  boolean isExpired() {
    return System.nanoTime() - deadlineNanos >= 0;
  }

  long arrivedNanos() {
    return arrivedNanos;
  }

  long elapsedNanos() {
    return System.nanoTime() - arrivedNanos;
  }

  boolean claimAnswer() {
    return isAnswered.compareAndSet(false, true);
  }
}
