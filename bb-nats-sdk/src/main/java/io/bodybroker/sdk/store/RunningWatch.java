package io.bodybroker.sdk.store;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A {@link Watch} that is a virtual thread: closing interrupts it and waits until its listener has
 * returned.
 */
final class RunningWatch implements Watch {
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);

  private final Thread thread;
  private final Consumer<RunningWatch> onClose;

  RunningWatch(OpenWatches.Loop loop, Consumer<RunningWatch> onClose) {
    this.thread = Thread.ofVirtual().name("watch-" + loop.name()).unstarted(loop);
    this.onClose = onClose;
  }

  void start() {
    thread.start();
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
