package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Many callers, each calling again and again, with a pause of its own after each call. A request
 * says in its text when its caller gives up.
 */
final class Crowd implements AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(400);

  private final EchoClient client;
  private final Duration timeout;
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final List<Thread> callers = new ArrayList<>();
  private volatile boolean isOver;

  Crowd(EchoClient client, Duration timeout, int size) {
    this.client = client;
    this.timeout = timeout;
    for (int i = 0; i < size; i++) {
      callers.add(Thread.ofVirtual().start(this::callAgainAndAgain));
    }
  }

  private void callAgainAndAgain() {
    while (!isOver) {
      long givesUp = System.nanoTime() + timeout.toNanos();
      try {
        client.echo(
            EchoRequest.newBuilder().setText(Long.toString(givesUp)).build(),
            CallOptions.timeout(timeout));
        answered.increment();
      } catch (ServiceException e) {
        failed.increment();
      }
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toNanos()));
    }
  }

  /** For how long the caller of a request has not been waiting any more; negative if it is. */
  static Duration overdue(EchoRequest request) {
    return Duration.ofNanos(System.nanoTime() - Long.parseLong(request.getText()));
  }

  long answered() {
    return answered.sum();
  }

  long failed() {
    return failed.sum();
  }

  @Override
  public void close() throws InterruptedException {
    isOver = true;
    for (Thread caller : callers) {
      caller.join();
    }
  }
}
