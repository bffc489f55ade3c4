package io.bodybroker.sdk.testing;

import java.util.concurrent.CancellationException;

/** Waits that an interrupt ends as it ends those of {@code Await}: tests then need not catch it. */
final class Interruptible {
  private Interruptible() {}

  /** A call that waits. */
  @FunctionalInterface
  interface Wait<T, E extends Exception> {
    T end() throws InterruptedException, E;
  }

  static <T, E extends Exception> T await(String what, Wait<T, E> wait) throws E {
    try {
      return wait.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new CancellationException("interrupted while waiting for " + what);
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
