package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.internal.HeaderBlock;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import io.opentelemetry.context.Context;
import java.time.Duration;

/**
 * Writes what a request says beside its payload. Those of a call that says nothing but how long its
 * caller waits, which is the same number of milliseconds for most calls of a program, are kept.
 * Thread-safe.
 */
final class CallHeaders {
  private record TimeoutOnly(long millis, HeaderBlock headers) {}

  private final RpcTelemetry telemetry;
  private volatile TimeoutOnly last;

  CallHeaders(RpcTelemetry telemetry) {
    this.telemetry = telemetry;
    this.last = timeoutOnly(0);
  }

  /** All of a call. */
  HeaderBlock of(CallMetadata metadata, Context context, Duration timeout) {
    return metadata.isEmpty() && !RpcTelemetry.isTraced(context)
        ? of(timeout.toMillis())
        : begin(metadata, context, timeout).build();
  }

  private HeaderBlock of(long millis) {
    TimeoutOnly known = last;
    if (known.millis() != millis) {
      known = timeoutOnly(millis);
      last = known;
    }
    return known.headers();
  }

  private static TimeoutOnly timeoutOnly(long millis) {
    var headers = HeaderBlock.builder();
    WireHeaders.writeTimeout(millis, headers);
    return new TimeoutOnly(millis, headers.build());
  }

  /** Those of a call, to which more may be added. */
  HeaderBlock.Builder begin(CallMetadata metadata, Context context, Duration timeout) {
    var headers = HeaderBlock.builder();
    WireHeaders.writeTimeout(timeout.toMillis(), headers);
    WireHeaders.writeMetadata(metadata, headers);
    telemetry.inject(context, headers, WireHeaders.SETTER);
    return headers;
  }
}
