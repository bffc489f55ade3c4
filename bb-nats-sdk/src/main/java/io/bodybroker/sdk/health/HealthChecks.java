package io.bodybroker.sdk.health;

import io.bodybroker.sdk.telemetry.StateChange;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is known of a process's health. It is alive as long as it can answer at all; started once
 * its wiring is done; ready while every readiness condition holds. Each change of readiness is
 * logged once, with its reason, whether or not anybody asks: once started, it looks itself.
 *
 * <p>Thread-safe.
 */
public final class HealthChecks implements AutoCloseable {
  private static final Logger LOG = System.getLogger(HealthChecks.class.getName());
  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final String name;
  private final List<Readiness> conditions = new CopyOnWriteArrayList<>();
  private final List<Consumer<Readiness>> conditionListeners = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicBoolean wasReady = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean isStarted;

  /**
   * Without conditions, and not started.
   *
   * @param name of the program, for operators
   */
  public HealthChecks(String name) {
    this.name = name;
  }

  /**
   * Adds a condition of readiness.
   *
   * @param name short, for operators
   * @param holds answers at once from what is known; it must never ask a server
   * @param reason why it does not hold, for operators
   */
  public void readiness(String name, BooleanSupplier holds, Supplier<String> reason) {
    var condition = new Readiness(name, holds, reason);
    lock.lock();
    try {
      conditions.add(condition);
      conditionListeners.forEach(listener -> listener.accept(condition));
    } finally {
      lock.unlock();
    }
  }

  /** Tells of all conditions, those that will be added among them. */
  void onCondition(Consumer<Readiness> listener) {
    lock.lock();
    try {
      conditions.forEach(listener);
      conditionListeners.add(listener);
    } finally {
      lock.unlock();
    }
  }

  /** The wiring is done. */
  public void started() {
    isStarted = true;
    Thread.ofVirtual().name("health-" + name).start(this::watch);
  }

  private void watch() {
    try {
      do {
        look();
      } while (!closed.await(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Something may have changed: logs it if readiness did. */
  public void look() {
    report();
  }

  /** Whether the wiring is done. */
  public boolean isStarted() {
    return isStarted;
  }

  /** Whether it is started and every condition holds. */
  public boolean isReady() {
    return report().isReady();
  }

  /** Waits until {@link #isReady()}. Returns whether that is so. */
  public boolean awaitReady(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!isReady()) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }

  /** Which conditions hold, and why the others do not. */
  ReadinessReport report() {
    var failing = new ArrayList<ReadinessReport.Failing>();
    if (!isStarted) {
      failing.add(new ReadinessReport.Failing("started", "still starting"));
    }
    for (Readiness condition : conditions) {
      if (!condition.holds().getAsBoolean()) {
        failing.add(new ReadinessReport.Failing(condition.name(), condition.reason().get()));
      }
    }
    var report = new ReadinessReport(conditions.stream().map(Readiness::name).toList(), failing);
    logChange(report);
    return report;
  }

  private void logChange(ReadinessReport report) {
    boolean isReady = report.isReady();
    if (wasReady.compareAndSet(!isReady, isReady)) {
      LOG.log(
          Level.INFO,
          StateChange.LINE,
          new StateChange("readiness", name, state(!isReady), state(isReady), report.why()));
    }
  }

  private static String state(boolean isReady) {
    return isReady ? "READY" : "NOT_READY";
  }

  /** Looks no more by itself. May be called twice. */
  @Override
  public void close() {
    closed.countDown();
  }
}
