package io.bodybroker.sdk.rpc;

import io.nats.client.Message;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A reply that one thread, who made this, waits for. */
final class AwaitedReply extends Reply {
  private final Thread waiting = Thread.currentThread();

  AwaitedReply(RpcMethod<?, ?> method, Duration timeout, String address) {
    super(method, timeout, address);
  }

  /** Waits for it. */
  Message await(DeadlineWatch deadlines) throws InterruptedException {
    while (!isOver()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long left = nanosLeft(System.nanoTime());
      if (left <= 0) {
        expire();
      } else {
        park(deadlines, left);
      }
    }
    return reply();
  }

  /** The kernel gives a thread of its own a timer for nothing; a virtual thread's has its price. */
  private void park(DeadlineWatch deadlines, long nanos) {
    if (waiting.isVirtual()) {
      deadlines.begin();
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, nanos);
    }
  }

  /** So that the error shows the caller in its stack trace. */
  @Override
  void overdue() {
    LockSupport.unpark(waiting);
  }

  @Override
  void tell() {
    LockSupport.unpark(waiting);
  }
}
