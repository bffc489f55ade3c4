package io.bodybroker.gateway.http;

import io.bodybroker.gateway.problem.HttpProblems;
import java.util.concurrent.Semaphore;

/**
 * Bounds how many requests are at work for services at once. The gateway's own pages need no place:
 * a load balancer that gets no answer to {@code /health} would take a busy gateway for a dead one.
 * Thread-safe.
 */
final class Places {
  private final int most;
  private final HttpMeters meters;
  private final Semaphore free;

  Places(int most, HttpMeters meters) {
    this.most = most;
    this.meters = meters;
    this.free = new Semaphore(most);
  }

  /** For a request that begins; it has no place yet. */
  Place enter() {
    return new Place();
  }

  /** Of one request, until it is over. Used by one thread. */
  final class Place implements AutoCloseable {
    private boolean isTaken;

    private Place() {}

    /**
     * Takes it.
     *
     * @throws io.bodybroker.gateway.problem.ProblemException 503
     */
    void take() {
      if (!free.tryAcquire()) {
        meters.refused(HttpMeters.Limit.CONCURRENCY);
        throw HttpProblems.tooManyAtOnce(most);
      }
      isTaken = true;
    }

    @Override
    public void close() {
      if (isTaken) {
        free.release();
      }
    }
  }
}
