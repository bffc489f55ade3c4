package io.bodybroker.sdk.store;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A {@link Watch} that is a virtual thread: whatever breaks off is begun again, after a pause that
 * grows as long as nothing is gained. Closing interrupts it and waits until its listener has
 * returned.
 */
final class RunningWatch implements Watch {
  private static final Logger LOG = System.getLogger(RunningWatch.class.getName());
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);
  private static final int MAX_PAUSE_MILLIS = 1000;

  private final OpenWatches.Source source;
  private final StoreMeters meters;
  private final Thread thread;
  private final Consumer<RunningWatch> onClose;

  RunningWatch(OpenWatches.Source source, StoreMeters meters, Consumer<RunningWatch> onClose) {
    this.source = source;
    this.meters = meters;
    this.thread = Thread.ofVirtual().name("watch-" + source.name()).unstarted(this::run);
    this.onClose = onClose;
  }

  void start() {
    thread.start();
  }

  private void run() {
    meters.watchOpened(source.name());
    try {
      followAgainAndAgain();
    } finally {
      meters.watchClosed(source.name());
    }
  }

  private void followAgainAndAgain() {
    int failures = 0;
    while (!thread.isInterrupted()) {
      long before = source.progress();
      try {
        source.follow();
      } catch (ServiceException e) {
        if (e.code() == ErrorCode.CANCELLED) {
          return;
        }
        failures = source.progress() == before ? failures + 1 : 1;
        meters.watchInterrupted(source.name());
        LOG.log(
            failures == 1 ? Level.INFO : Level.DEBUG,
            "watch of {0} is interrupted: {1}",
            source.name(),
            e.message());
        pause(failures);
      } catch (RuntimeException e) {
        failures++;
        meters.watchInterrupted(source.name());
        LOG.log(Level.ERROR, "watch of " + source.name() + " failed and begins again", e);
        pause(failures);
      }
    }
  }

  private static void pause(int failures) {
    int cap = Math.min(50 << Math.min(failures, 5), MAX_PAUSE_MILLIS);
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(cap / 2, cap + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    onClose.accept(this);
    thread.interrupt();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(LONGEST_GOODBYE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
