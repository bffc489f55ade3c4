package io.bodybroker.sdk.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
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
  /** What writes to the socket. */
  interface Sink {
    /** Takes the turn to write, if nobody has it. */
    boolean tryTurn();

    /** Takes the turn to write, when others have given it back. */
    void takeTurn();

    /** Gives the turn back. */
    void endTurn();

    /** Writes all of it, and waits for room, by who has the turn. */
    void write(byte[] bytes, int length) throws IOException;

    /** After a failure, so that whoever reads notices. */
    void close();
  }

  /** Messages that follow each other faster are written together. */
  private static final long FAST_NANOS = 20_000;

  /**
   * What may have been written since something was read, for a write to be certain not to wait:
   * systems give a socket's buffer more than that.
   */
  private static final int CERTAIN_ROOM = 96 * 1024;

  /** So many bytes wait for the thread that writes; what comes then goes into jnats' queue. */
  private static final int MOST_PENDING = 4 * 1024 * 1024;

  private final String name;
  private final Sink sink;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition written = lock.newCondition();

  /** What is to be written, and what was; all of this is under the lock. */
  private Frames pending = new Frames();

  private Frames spare = new Frames();
  private boolean isWriting;
  private boolean isClosed;
  private boolean isAsleep;
  private long latestNanos = System.nanoTime();
  private int writtenBytes;
  private @Nullable Thread thread;

  /** Whether something was read since bytes were counted. */
  private volatile boolean hasHeard;

  /**
   * @param name of the thread that writes
   */
  SocketWriter(String name, Sink sink) {
    this.name = name;
    this.sink = sink;
  }

  /** Something was read, so the server is there. */
  void heard() {
    if (!hasHeard) {
      hasHeard = true;
    }
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
      if (isWriting) {
        return size; // whoever writes looks after it
      }
      if (!isFirst || isFast || !isRoomCertain(size) || !sink.tryTurn()) {
        wakeThread();
        return size;
      }
      mine = take();
    } finally {
      lock.unlock();
    }
    write(mine);
    return size;
  }

  private boolean isRoomCertain(int size) {
    if (hasHeard) {
      hasHeard = false;
      writtenBytes = 0;
    }
    return writtenBytes + size <= CERTAIN_ROOM;
  }

  /** What is to be written now, by who calls this and has, or gets, the turn. */
  private Frames take() {
    Frames taken = pending;
    pending = spare;
    writtenBytes = (int) Math.min(Integer.MAX_VALUE, (long) writtenBytes + taken.size());
    isWriting = true;
    return taken;
  }

  /** By who has the turn, which this gives back. */
  private void write(Frames frames) {
    boolean isWritten = false;
    try {
      frames.writeTo(sink::write);
      isWritten = true;
    } catch (IOException e) {
      // The reader of the socket, which is closed now, tells what became of the connection.
    } finally {
      sink.endTurn();
      ended(frames, isWritten);
      if (!isWritten) {
        sink.close();
      }
    }
  }

  private void ended(Frames frames, boolean isWritten) {
    lock.lock();
    try {
      frames.clear();
      spare = frames;
      isWriting = false;
      isClosed |= !isWritten;
      if (pending.size() > 0) {
        wakeThread();
      }
      written.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void wakeThread() {
    if (thread == null) {
      thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    } else if (isAsleep) {
      isAsleep = false;
      work.signal();
    }
  }

  private void run() {
    while (true) {
      Frames mine;
      lock.lock();
      try {
        while (!isClosed && (pending.size() == 0 || isWriting)) {
          isAsleep = true;
          work.awaitUninterruptibly();
        }
        isAsleep = false;
        if (isClosed) {
          return;
        }
        mine = take();
      } finally {
        lock.unlock();
      }
      sink.takeTurn();
      write(mine);
    }
  }

  /** Waits until all has been written that was published before, or is lost, or time is up. */
  void flush(Duration bound) throws InterruptedException {
    long left = bound.toNanos();
    lock.lockInterruptibly();
    try {
      while (!isClosed && (pending.size() > 0 || isWriting) && left > 0) {
        left = written.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes nothing any more. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      work.signalAll();
      written.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
