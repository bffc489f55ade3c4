package io.bodybroker.bench.telemetry;

import io.bodybroker.bench.report.Stat;
import io.bodybroker.sdk.telemetry.EndpointMeters;
import io.bodybroker.sdk.telemetry.Observation;
import io.bodybroker.sdk.telemetry.Operation;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What observing a call takes of a thread at both ends, and its trace context between them. */
final class Observing {
  private static final int CALLS = 500_000;
  private static final Operation ECHO =
      new Operation("bodybroker.bench.v1.Echo/Echo", "echo", "v1", "Echo");

  private Observing() {}

  /** In nanoseconds; the first rounds, which the compiler has not seen to yet, do not count. */
  static Stat nanosPerCall(OpenTelemetry openTelemetry, int rounds) {
    var telemetry = new RpcTelemetry(openTelemetry);
    var endpoint = telemetry.endpoint(ECHO, () -> 0, 1);
    var measured = new ArrayList<Double>();
    for (int round = -2; round < rounds; round++) {
      long begin = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        observe(telemetry, endpoint);
      }
      if (round >= 0) {
        measured.add((double) (System.nanoTime() - begin) / CALLS);
      }
    }
    return new Stat(measured);
  }

  private static void observe(RpcTelemetry telemetry, EndpointMeters endpoint) {
    Observation called = telemetry.clientCall(ECHO);
    Map<String, String> headers = sent(telemetry, called);
    telemetry.serverCall(endpoint, System.nanoTime(), headers, new HeadersOfMap()).succeed();
    called.succeed();
  }

  private static Map<String, String> sent(RpcTelemetry telemetry, Observation called) {
    if (!RpcTelemetry.isTraced(called.context())) {
      return Map.of();
    }
    var headers = new HashMap<String, String>();
    telemetry.inject(called.context(), headers, (carrier, name, value) -> headers.put(name, value));
    return headers;
  }

  private static final class HeadersOfMap implements TextMapGetter<Map<String, String>> {
    @Override
    @SuppressWarnings("deprecation") // still to be implemented
    public Iterable<String> keys(Map<String, String> carrier) {
      return carrier.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
      return carrier == null ? null : carrier.get(key);
    }
  }
}
