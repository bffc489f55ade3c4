package io.bodybroker.sdk.health;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.metrics.Metric;
import io.bodybroker.sdk.metrics.Metrics;
import java.util.Optional;

/** How ready a program is, and which program it is, as metrics. */
final class HealthMeters {
  private static final Metric BUILD =
      Metric.gauge(
          "bb_build_info",
          "Always 1: which program this is, the SDK's version, and the JVM's",
          "program",
          "version",
          "java");
  private static final Metric READY =
      Metric.gauge("bb_ready", "1 if requests can be served, else 0");
  private static final Metric CONDITION =
      Metric.gauge("bb_readiness", "1 if this condition of readiness holds, else 0", "condition");

  private HealthMeters() {}

  /** Shows the program; each condition is shown once it is known. */
  static void register(Metrics metrics, BusConfig config, HealthChecks checks) {
    metrics.observe(
        BUILD,
        () -> 1,
        config.name(),
        Optional.ofNullable(HealthMeters.class.getPackage().getImplementationVersion())
            .orElse("unpackaged"),
        Runtime.version().toString());
    metrics.observe(READY, () -> checks.isReady() ? 1 : 0);
    checks.onCondition(condition ->
        metrics.observe(
            CONDITION, () -> condition.holds().getAsBoolean() ? 1 : 0, condition.name()));
  }
}
