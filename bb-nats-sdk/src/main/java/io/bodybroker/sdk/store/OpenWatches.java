package io.bodybroker.sdk.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The watches of one process that still run, each on a virtual thread of its own, so that closing
 * ends them.
 */
final class OpenWatches implements AutoCloseable {
  private final Set<RunningWatch> running = ConcurrentHashMap.newKeySet();
  private final StoreMeters meters;

  OpenWatches(StoreMeters meters) {
    this.meters = meters;
  }

  /** How changes are followed. Used by one thread. */
  interface Source {
    /** What is watched, for people. */
    String name();

    /**
     * Tells changes until the thread is interrupted, or until that breaks off; called again then,
     * it goes on where it was.
     */
    void follow();

    /** Differs from what it was before if it has come further since. */
    long progress();
  }

  Watch start(Source source) {
    var watch = new RunningWatch(source, meters, running::remove);
    running.add(watch);
    watch.start();
    return watch;
  }

  @Override
  public void close() {
    running.forEach(RunningWatch::close);
  }
}
