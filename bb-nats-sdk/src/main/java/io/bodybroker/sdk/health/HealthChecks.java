package io.bodybroker.sdk.health;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What is known of a process's health. It is alive as long as it can answer at all; started once
 * its wiring is done; ready while every readiness condition holds. Each change of readiness is
 * logged once, with its reason.
 *
 * <p>Thread-safe.
 */
public final class HealthChecks {
  private static final Logger LOG = System.getLogger(HealthChecks.class.getName());
  private static final Duration POLL = Duration.ofMillis(5);

  private final List<Readiness> conditions = new CopyOnWriteArrayList<>();
  private volatile boolean isStarted;
  private volatile boolean wasReady;

  /**
   * Adds a condition of readiness.
   *
   * @param name short, for operators
   * @param holds answers at once from what is known; it must never ask a server
   * @param reason why it does not hold, for operators
   */
  public void readiness(String name, BooleanSupplier holds, Supplier<String> reason) {
    conditions.add(new Readiness(name, holds, reason));
  }

  /** The wiring is done. */
  public void started() {
    isStarted = true;
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
    if (isReady != wasReady) {
      wasReady = isReady;
      LOG.log(Level.INFO, isReady ? "ready" : "not ready: {0}", report.failing());
    }
  }
}
