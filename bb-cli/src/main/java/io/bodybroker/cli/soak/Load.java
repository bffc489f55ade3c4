package io.bodybroker.cli.soak;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls at a steady rate, of each kind in turn, whether those before were answered or not (an open
 * loop): an outage makes calls fail, but never fewer of them. Each has a virtual thread.
 */
final class Load implements AutoCloseable {
  private final Ledger ledger;
  private final List<Traffic> traffic;
  private final long pauseNanos;
  private final Thread pacer;
  private volatile boolean isStopped;

  private Load(Ledger ledger, List<Traffic> traffic, int rate) {
    this.ledger = ledger;
    this.traffic = List.copyOf(traffic);
    this.pauseNanos = Duration.ofSeconds(1).toNanos() / rate;
    this.pacer = Thread.ofVirtual().name("soak-load").unstarted(this::pace);
  }

  /**
   * Starts to call.
   *
   * @param rate calls a second, of all kinds together
   */
  static Load start(Ledger ledger, List<Traffic> traffic, int rate) {
    var load = new Load(ledger, traffic, rate);
    load.pacer.start();
    return load;
  }

  private void pace() {
    long next = System.nanoTime();
    for (long i = 0; !isStopped; i++) {
      one(traffic.get((int) (i % traffic.size())), i / traffic.size());
      next += pauseNanos;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void one(Traffic kind, long number) {
    Thread.ofVirtual().name("soak-call").start(() -> ledger.make(kind, number));
  }

  /** Makes so many calls of each of these kinds at once; does not wait for them. */
  void burst(List<Traffic> kinds, int each) {
    for (Traffic kind : kinds) {
      for (int i = 0; i < each; i++) {
        one(kind, i);
      }
    }
  }

  /** Makes no further call; does not wait for those under way. */
  @Override
  public void close() {
    isStopped = true;
  }
}
