package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.resilience.BreakerState;
import io.bodybroker.sdk.resilience.ResilienceListener;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Tag;
import io.helidon.service.registry.Services;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What resilience decides, as metrics; breaker changes also as log events. Thread-safe. */
public final class ResilienceMeters implements ResilienceListener {
  private static final Logger LOG = System.getLogger(ResilienceListener.class.getName());

  /** The values of the gauges, by target. */
  private final Map<String, AtomicInteger> breakers = new ConcurrentHashMap<>();

  @Override
  public void retrying(String target, ErrorCode code) {
    count("rpc.client.retries", target, code.name());
  }

  @Override
  public void budgetSpent(String target) {
    count("rpc.client.refusals", target, "retry-budget");
  }

  @Override
  public void refusedByBreaker(String target) {
    count("rpc.client.refusals", target, "breaker");
  }

  @Override
  public void refusedByBulkhead(String target) {
    count("rpc.client.refusals", target, "bulkhead");
  }

  @Override
  public void breakerChanged(String target, BreakerState from, BreakerState to, String reason) {
    LOG.log(
        to == BreakerState.OPEN ? Level.WARNING : Level.INFO,
        "breaker of {0} went from {1} to {2}: {3}",
        target,
        from,
        to,
        reason);
    breakers.computeIfAbsent(target, ResilienceMeters::gauge).set(gaugeValue(to));
  }

  private static int gaugeValue(BreakerState state) {
    return switch (state) {
      case CLOSED -> 0;
      case OPEN -> 1;
      case HALF_OPEN -> 2;
    };
  }

  private static AtomicInteger gauge(String target) {
    var value = new AtomicInteger();
    registry()
        .getOrCreate(
            Gauge.builder("rpc.client.breaker.state", value::get)
                .description("Circuit breaker of a target: 0 closed, 1 open, 2 half-open")
                .tags(List.of(Tag.create("target", target))));
    return value;
  }

  private static void count(String name, String target, String reason) {
    registry()
        .getOrCreate(
            Counter.builder(name)
                .tags(List.of(Tag.create("target", target), Tag.create("reason", reason))))
        .increment();
  }

  private static MeterRegistry registry() {
    return Services.get(MeterRegistry.class);
  }
}
