package io.bodybroker.eventbus;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets so many through at once. Of those that wait the most urgent is next, and of equals the one
 * that was published first. Thread-safe.
 */
final class PriorityGate {
  private static final Comparator<Waiting> MOST_URGENT_FIRST =
      Comparator.comparingInt((Waiting waiting) -> -waiting.priority)
          .thenComparingLong(waiting -> waiting.sequence);

  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(MOST_URGENT_FIRST);
  private final Condition woken = lock.newCondition();
  private int room;
  private long wakes;
  private boolean isClosed;

  /**
   * A gate.
   *
   * @param room how many it lets through at once
   */
  PriorityGate(int room) {
    this.room = room;
  }

  private static final class Waiting {
    private final int priority;
    private final long sequence;
    private final Condition turn;
    private boolean isNext;

    Waiting(int priority, long sequence, Condition turn) {
      this.priority = priority;
      this.sequence = sequence;
      this.turn = turn;
    }
  }

  /**
   * Waits for its turn; whoever has entered must {@link #leave}.
   *
   * @return whether it has entered; not if the gate was closed
   */
  boolean enter(int priority, long sequence) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (isClosed) {
        return false;
      }
      if (room > 0 && waiting.isEmpty()) {
        room--;
        return true;
      }
      var me = new Waiting(priority, sequence, lock.newCondition());
      waiting.add(me);
      try {
        while (!me.isNext && !isClosed) {
          me.turn.await();
        }
        return me.isNext;
      } catch (InterruptedException e) {
        if (me.isNext) {
          passOn();
        } else {
          waiting.remove(me);
        }
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody through any more; those that wait are told so. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      waiting.forEach(each -> each.turn.signal());
      waiting.clear();
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits outside: for so long, or until it is woken or the gate is closed. */
  void pause(Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long before = wakes;
      long left = longest.toNanos();
      while (left > 0 && wakes == before && !isClosed) {
        left = woken.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends every {@link #pause}. */
  void wake() {
    lock.lock();
    try {
      wakes++;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Makes room for the next. */
  void leave() {
    lock.lock();
    try {
      passOn();
    } finally {
      lock.unlock();
    }
  }

  private void passOn() {
    var next = waiting.poll();
    if (next == null) {
      room++;
    } else {
      next.isNext = true;
      next.turn.signal();
    }
  }
}
