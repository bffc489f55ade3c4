package io.bodybroker.sdk.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The watches of one process that still run, each on a virtual thread of its own, so that closing
 * ends them.
 */
final class OpenWatches implements AutoCloseable {
  private final Set<RunningWatch> running = ConcurrentHashMap.newKeySet();

  /** What a watch does until its thread is interrupted. */
  interface Loop extends Runnable {
    /** For the thread's name. */
    String name();
  }

  Watch start(Loop loop) {
    var watch = new RunningWatch(loop, running::remove);
    running.add(watch);
    watch.start();
    return watch;
  }

  @Override
  public void close() {
    running.forEach(RunningWatch::close);
  }
}
