package io.bodybroker.cli;

import io.bodybroker.sdk.deadletter.QueuedLetter;
import io.bodybroker.sdk.deadletter.Redrive;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What became of the letters of a redrive so far. Read by another thread when it is interrupted.
 */
final class RedriveTally {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Kept> kept = new TreeMap<>();
  private long redriven;
  private long again;

  /** Those that stay for one reason. */
  private record Kept(long letters, long first) {}

  void add(QueuedLetter queued, Redrive.Outcome outcome) {
    lock.lock();
    try {
      switch (outcome) {
        case Redrive.Outcome.Redriven redriven -> this.redriven++;
        case Redrive.Outcome.WasRedriven was -> {
          redriven++;
          again++;
        }
        case Redrive.Outcome.Kept stays ->
            kept.merge(
                stays.why(),
                new Kept(1, queued.sequence()),
                (old, one) -> new Kept(old.letters() + 1, old.first()));
      }
    } finally {
      lock.unlock();
    }
  }

  long redriven() {
    lock.lock();
    try {
      return redriven;
    } finally {
      lock.unlock();
    }
  }

  /** Those that an interrupted redrive had sent. */
  long again() {
    lock.lock();
    try {
      return again;
    } finally {
      lock.unlock();
    }
  }

  long kept() {
    lock.lock();
    try {
      return kept.values().stream().mapToLong(Kept::letters).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Why letters stay, a line for each reason. */
  void printKept() {
    lock.lock();
    try {
      kept.forEach((why, some) ->
          System.err.printf(
              "bb: %d stay, the first is %d: %s%n", some.letters(), some.first(), why));
    } finally {
      lock.unlock();
    }
  }
}
