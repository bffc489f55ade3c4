package io.bodybroker.sdk.telemetry;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.metrics.Counter;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.resilience.BreakerState;
import io.bodybroker.sdk.resilience.ResilienceListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What resilience decides, as metrics; breaker changes also as log events. The series of a target
 * are there, with 0, before its first call, so that their first rise can be seen. Thread-safe.
 */
public final class ResilienceMeters implements ResilienceListener {
  private static final Logger LOG = System.getLogger(ResilienceListener.class.getName());

  private static final String BREAKER = "breaker";
  private static final String BULKHEAD = "bulkhead";
  private static final String BUDGET = "retry-budget";
  private static final List<String> REFUSALS = List.of(BREAKER, BULKHEAD, BUDGET);
  private static final List<ErrorCode> RETRIED =
      List.of(ErrorCode.UNAVAILABLE, ErrorCode.DEADLINE_EXCEEDED);

  private final Metrics metrics;

  /** The one series that every call touches, so that it is not looked up by labels each time. */
  private final Map<String, Counter> attempts = new ConcurrentHashMap<>();

  /** Counts into these metrics. */
  public ResilienceMeters(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void watching(String target, Supplier<BreakerState> breaker) {
    metrics.observe(RpcMetrics.BREAKER, () -> gaugeValue(breaker.get()), target);
    for (String reason : REFUSALS) {
      metrics.counter(RpcMetrics.CLIENT_REFUSALS, target, reason);
    }
    for (ErrorCode code : RETRIED) {
      metrics.counter(RpcMetrics.RETRIES, target, code.name());
    }
  }

  @Override
  public void attempting(String target) {
    Counter found = attempts.get(target);
    if (found == null) {
      found = metrics.counter(RpcMetrics.ATTEMPTS, target);
      attempts.put(target, found);
    }
    found.increment();
  }

  @Override
  public void retrying(String target, ErrorCode code) {
    metrics.counter(RpcMetrics.RETRIES, target, code.name()).increment();
  }

  @Override
  public void budgetSpent(String target) {
    refused(target, BUDGET);
  }

  @Override
  public void refusedByBreaker(String target) {
    refused(target, BREAKER);
  }

  @Override
  public void refusedByBulkhead(String target) {
    refused(target, BULKHEAD);
  }

  @Override
  public void breakerChanged(String target, BreakerState from, BreakerState to, String reason) {
    LOG.log(
        to == BreakerState.OPEN ? Level.WARNING : Level.INFO,
        StateChange.LINE,
        new StateChange("breaker", target, from.name(), to.name(), reason));
  }

  private void refused(String target, String reason) {
    metrics.counter(RpcMetrics.CLIENT_REFUSALS, target, reason).increment();
  }

  private static int gaugeValue(BreakerState state) {
    return switch (state) {
      case CLOSED -> 0;
      case OPEN -> 1;
      case HALF_OPEN -> 2;
    };
  }
}
