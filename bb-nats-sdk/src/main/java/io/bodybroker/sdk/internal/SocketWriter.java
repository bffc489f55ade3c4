package io.bodybroker.sdk.internal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages to one socket, between whatever else is written there.
 *
 * <p>Who publishes a message now and then writes it himself, which wakes nobody. When they come
 * fast, one after the other, or the system may have no room for them, they are left to a thread
 * that writes as many as there are at once: a write costs as much as all the rest of a message, and
 * nobody who has a deadline shall wait for a server that does not read. That thread is one of the
 * system's, so that handlers that compute do not keep the answers of others back.
 *
 * <p>Thread-safe.
 */
final class SocketWriter {
  /** What writes to the socket, for who has the turn. */
  interface Sink extends Frames.Sink {
    /** After a failure, so that whoever reads notices. */
    void close();
  }

  private static final Logger LOG = System.getLogger(SocketWriter.class.getName());

  /** Messages that follow each other faster are written together. */
  private static final long FAST_NANOS = 20_000;

  /**
   * What may have been written since something was read, for a write not to wait: systems give a
   * socket's buffer more than that.
   */
  private static final int ROOM = 96 * 1024;

  /** So many bytes wait for the thread that writes; what comes then goes into jnats' queue. */
  private static final int MOST_PENDING = 4 * 1024 * 1024;

  private static final int SPINS = 100;

  private final ReentrantLock turn;
  private final Sink sink;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition taken = lock.newCondition();

  /** Bytes, by whomever, since something was last read. */
  private final AtomicLong unheard = new AtomicLong();

  /** What is to be written; this and the next under the lock. */
  private Frames pending = new Frames();

  private long latestNanos = System.nanoTime();

  /** Whether there is something for the thread. */
  private volatile boolean hasWork;

  /** Whether somebody else writes, who then sees whether there is work. */
  private volatile boolean isInline;

  private volatile boolean isAsleep;
  private volatile boolean isClosed;

  /** What is being written, or empty; this and the next are used by who has the turn. */
  private Frames other = new Frames();

  /** For large payloads. */
  private byte[] chunk = new byte[0];

  /**
   * @param name of the thread that writes
   * @param turn whoever has it may write to the socket
   */
  SocketWriter(String name, ReentrantLock turn, Sink sink) {
    this.turn = turn;
    this.sink = sink;
    this.thread =
        Thread.ofPlatform()
            .name(name)
            .daemon()
            .inheritInheritableThreadLocals(false)
            .unstarted(this::run);
  }

  /** Before anything is published. */
  void start() {
    thread.start();
  }

  /**
   * Something was read, so the server is there; not that it has read all that was written just
   * before.
   */
  void heard() {
    if (unheard.get() != 0) {
      unheard.updateAndGet(bytes -> Math.max(0, bytes - ROOM));
    }
  }

  /** Something was written, by this or by others. */
  void wrote(int length) {
    unheard.addAndGet(length);
  }

  /** Returns how many bytes it takes; 0 if it was not taken. */
  int publish(
      String subject, @Nullable String replyTo, @Nullable HeaderBlock headers, byte[] payload) {
    int size;
    Frames mine;
    lock.lock();
    try {
      boolean isFirst = pending.size() == 0;
      if (isClosed || pending.size() > MOST_PENDING) {
        return 0;
      }
      size = pending.add(subject, replyTo, headers, payload);
      if (size == 0) {
        return 0;
      }
      long now = System.nanoTime();
      boolean isFast = now - latestNanos < FAST_NANOS;
      latestNanos = now;
      if (!isFirst || isFast || unheard.get() + size > ROOM || !turn.tryLock()) {
        hasWork = true;
        if (!isInline) {
          wakeThread();
        }
        return size;
      }
      isInline = true;
      mine = take();
    } finally {
      lock.unlock();
    }
    try {
      write(mine);
    } finally {
      isInline = false;
      if (hasWork) { // without the lock, for which a virtual thread might wait for long
        wakeThread();
      }
    }
    return size;
  }

  private void wakeThread() {
    if (isAsleep) {
      isAsleep = false;
      LockSupport.unpark(thread);
    }
  }

  /** What is to be written now, by who calls this and has the turn. */
  private Frames take() {
    hasWork = false;
    Frames mine = pending;
    pending = other;
    other = mine;
    taken.signalAll();
    return mine;
  }

  /** By who has the turn, which this gives back. */
  private void write(Frames frames) {
    boolean isWhole = false;
    try {
      if (frames.needsChunk() && chunk.length == 0) {
        chunk = new byte[Frames.CHUNK];
      }
      frames.writeTo(sink, chunk);
      isWhole = true;
    } catch (IOException e) {
      // What becomes of the connection, its reader finds.
      LOG.log(Level.DEBUG, "a socket that could not be written to", e);
    } finally {
      try {
        if (!isWhole) { // before others write into the middle of a message
          close();
          sink.close();
        }
        frames.clear();
      } finally {
        turn.unlock();
      }
    }
  }

  private void run() {
    while (awaitWork()) {
      turn.lock();
      Frames mine;
      lockAtOnce();
      try {
        mine = take();
      } finally {
        lock.unlock();
      }
      write(mine);
    }
  }

  /**
   * Who waits for the lock in its queue waits for those before, who may be virtual threads without
   * a carrier; and others wait for the turn meanwhile. It is never held for long.
   */
  private void lockAtOnce() {
    for (int tries = 1; !lock.tryLock(); tries++) {
      if (tries % SPINS == 0) {
        LockSupport.parkNanos(1); // the holder may want this processor
      } else {
        Thread.onSpinWait();
      }
    }
  }

  /** Returns whether there is any; else there will be none. */
  private boolean awaitWork() {
    while (!isClosed && !hasWork) {
      isAsleep = true;
      if (!isClosed && !hasWork) { // what came before it slept woke nobody
        LockSupport.park(this);
      }
    }
    isAsleep = false;
    return !isClosed;
  }

  /** Waits until nothing waits to be written, and nobody writes; not for ever. */
  void flush(Duration bound) throws InterruptedException {
    long left = bound.toNanos();
    lock.lockInterruptibly();
    try {
      while (!isClosed && pending.size() > 0 && left > 0) {
        left = taken.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
    if (left > 0 && turn.tryLock(left, TimeUnit.NANOSECONDS)) { // it is taken by who has the turn
      turn.unlock();
    }
  }

  /** Takes and writes nothing any more. */
  void close() {
    lockAtOnce();
    try {
      isClosed = true;
      pending.clear();
      taken.signalAll();
    } finally {
      lock.unlock();
    }
    LockSupport.unpark(thread);
  }
}
