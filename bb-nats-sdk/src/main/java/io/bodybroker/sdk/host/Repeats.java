package io.bodybroker.sdk.host;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks that run again and again, each on a virtual thread of its own. Configured first, started
 * together, stopped together; the calls come from the host's own thread.
 */
final class Repeats {
  private static final Logger LOG = System.getLogger(ServiceHost.class.getName());

  private final List<Thread> threads = new ArrayList<>();

  void add(String name, Duration pause, Runnable task) {
    if (pause.isNegative() || pause.isZero()) {
      throw new IllegalArgumentException(
          "pause of " + name + ": " + pause + " (expected: more than PT0S)");
    }
    threads.add(Thread.ofVirtual().name("repeat-" + name).unstarted(() -> loop(name, pause, task)));
  }

  void start() {
    threads.forEach(Thread::start);
  }

  private static void loop(String name, Duration pause, Runnable task) {
    boolean wasFailing = false;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        task.run();
        wasFailing = false;
      } catch (RuntimeException e) {
        // An outage fails every run alike: one line for the episode, the rest on demand.
        LOG.log(
            wasFailing ? Level.DEBUG : Level.WARNING, "task " + name + " failed and runs again", e);
        wasFailing = true;
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Tells all to end; those that are at work end in their own time. */
  void interrupt() {
    threads.forEach(Thread::interrupt);
  }

  /** Waits for all that were started. Returns whether they ended in time. */
  boolean awaitEnd(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean ended = true;
    for (Thread thread : threads) {
      if (thread.getState() != Thread.State.NEW) {
        ended &= thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      }
    }
    return ended;
  }
}
