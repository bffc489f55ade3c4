package io.bodybroker.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/** What a command has opened; closed in reverse order, once, whoever asks first. Thread-safe. */
final class Opened implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private boolean isClosed;

  /** Takes a resource over; closes it at once if everything is closed already. */
  void add(AutoCloseable resource) {
    lock.lock();
    try {
      if (isClosed) {
        close(resource);
      } else {
        resources.push(resource);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      while (!resources.isEmpty()) {
        close(resources.pop());
      }
    } finally {
      lock.unlock();
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      System.err.println("bb: closing " + resource.getClass().getSimpleName() + ": " + e);
    }
  }
}
