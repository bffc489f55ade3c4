package io.bodybroker.bench.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Ways to put load on a {@link Target}. Each returns when all that was begun has ended. */
public final class Loads {
  /** In nanoseconds; what takes longer counts as this long. */
  private static final long LONGEST = 60_000_000_000L;

  private static final int DIGITS = 3;

  /** At most so many calls of an open load are under way; with more it has failed anyhow. */
  private static final int OPEN_LANES = 2_048;

  /** What a load has done. */
  public record Done(long calls, long errors, long nanos, Histogram latency) {}

  private Loads() {}

  /** So many callers on virtual threads, each of whom waits before it calls again. */
  public static Done blocking(Target target, int callers, long nanos) throws InterruptedException {
    var latency = new AtomicHistogram(LONGEST, DIGITS);
    var errors = new LongAdder();
    long begin = System.nanoTime();
    long end = begin + nanos;
    lanes(
        callers,
        lane -> {
          long before = System.nanoTime();
          while (before - end < 0) {
            boolean isAnswered = call(target, errors);
            long after = System.nanoTime();
            if (isAnswered) {
              latency.recordValue(Math.min(LONGEST, after - before));
            }
            before = after;
          }
        });
    return new Done(latency.getTotalCount(), errors.sum(), System.nanoTime() - begin, latency);
  }

  /** So many calls under way; the next is begun where the answer of one before arrives. */
  public static Done async(Target target, int window, long nanos) throws InterruptedException {
    var chain = new Chain(target, window, nanos);
    for (int i = 0; i < window; i++) {
      chain.next();
    }
    chain.ended.await();
    return new Done(
        chain.latency.getTotalCount(),
        chain.errors.sum(),
        System.nanoTime() - chain.begin,
        chain.latency);
  }

  /**
   * So many calls a second, whatever becomes of them. A latency counts from when the call should
   * have been made, so one that is slow does not hide those that had to wait for it (coordinated
   * omission).
   */
  public static Done open(Target target, double perSecond, long nanos) throws InterruptedException {
    var latency = new AtomicHistogram(LONGEST, DIGITS);
    var errors = new LongAdder();
    var turns = new AtomicLong();
    double gap = 1e9 / perSecond;
    long calls = (long) (nanos / gap);
    long begin = System.nanoTime();
    int lanes = (int) Math.min(OPEN_LANES, Math.max(1, calls));
    lanes(
        lanes,
        lane -> {
          for (long turn = turns.getAndIncrement(); turn < calls; turn = turns.getAndIncrement()) {
            long due = begin + (long) (turn * gap);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
              LockSupport.parkNanos(left);
            }
            if (call(target, errors)) {
              latency.recordValue(Math.min(LONGEST, System.nanoTime() - due));
            }
          }
        });
    return new Done(latency.getTotalCount(), errors.sum(), System.nanoTime() - begin, latency);
  }

  private interface Lane {
    void run(int number) throws InterruptedException;
  }

  private static void lanes(int count, Lane lane) throws InterruptedException {
    var threads = new Thread[count];
    for (int i = 0; i < count; i++) {
      int number = i;
      threads[i] =
          Thread.ofVirtual()
              .name("lane-" + i)
              .start(() -> {
                try {
                  lane.run(number);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static boolean call(Target target, LongAdder errors) throws InterruptedException {
    try {
      target.call();
      return true;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      errors.increment();
      return false;
    }
  }

  /** Many that call anew as soon as they are answered. */
  private static final class Chain {
    private final Target target;
    private final AtomicHistogram latency = new AtomicHistogram(LONGEST, DIGITS);
    private final LongAdder errors = new LongAdder();
    private final CountDownLatch ended;
    private final long begin = System.nanoTime();
    private final long end;

    Chain(Target target, int window, long nanos) {
      this.target = target;
      this.ended = new CountDownLatch(window);
      this.end = begin + nanos;
    }

    void next() {
      boolean isAnswered = true;
      while (isAnswered) {
        isAnswered = begin();
      }
    }

    /** Returns whether the next is to be begun here: the answer is there already. */
    private boolean begin() {
      long before = System.nanoTime();
      if (before - end >= 0) {
        ended.countDown();
        return false;
      }
      var call = new Call(before);
      try {
        var unused = target.begin().whenComplete(call);
      } catch (Exception e) {
        errors.increment();
        return true;
      }
      return call.getAndSet(true);
    }

    /**
     * One call; whether it has been begun, or answered, whichever is first. The second goes on. An
     * answer that went on while its call is being begun would do so on the same stack, deeper with
     * each call that fails at once, until the stack ends and the load never does.
     */
    private final class Call extends AtomicBoolean implements BiConsumer<Object, Throwable> {
      private static final long serialVersionUID = 1;

      private final long before;

      Call(long before) {
        this.before = before;
      }

      @Override
      public void accept(@Nullable Object answer, @Nullable Throwable error) {
        if (error == null) {
          latency.recordValue(Math.min(LONGEST, System.nanoTime() - before));
        } else {
          errors.increment();
        }
        if (getAndSet(true)) {
          next();
        }
      }
    }
  }
}
