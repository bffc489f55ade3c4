package io.bodybroker.bench.telemetry;

import io.bodybroker.bench.report.Stat;
import io.bodybroker.sdk.telemetry.Operation;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What observing a call takes of a thread, at both ends, without OpenTelemetry's SDK. */
final class Observing {
  private static final int CALLS = 500_000;
  private static final Operation ECHO =
      new Operation("bodybroker.bench.v1.Echo/Echo", "echo", "v1", "Echo");

  private Observing() {}

  /** In nanoseconds; the first rounds, which the compiler has not seen to yet, do not count. */
  static Stat nanosPerCall(int rounds) {
    var telemetry = new RpcTelemetry(OpenTelemetry.noop());
    var measured = new ArrayList<Double>();
    for (int round = -2; round < rounds; round++) {
      long begin = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        telemetry.clientCall(ECHO).succeed();
        telemetry.serverCall(ECHO, Map.of(), new HeadersOfNone()).succeed();
      }
      if (round >= 0) {
        measured.add((double) (System.nanoTime() - begin) / CALLS);
      }
    }
    return new Stat(measured);
  }

  /** Nobody traces, so no call brings a context. */
  private static final class HeadersOfNone implements TextMapGetter<Map<String, String>> {
    @Override
    @SuppressWarnings("deprecation") // still to be implemented
    public Iterable<String> keys(Map<String, String> carrier) {
      return List.of();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
      return null;
    }
  }
}
