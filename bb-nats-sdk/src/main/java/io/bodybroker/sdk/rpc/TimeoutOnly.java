package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.internal.HeaderBlock;
import java.time.Duration;

/**
 * The headers of a call that says nothing but how long its caller waits, which is the same number
 * of milliseconds for most calls of a program: those of the last one are kept. Thread-safe.
 */
final class TimeoutOnly {
  private record Written(long millis, HeaderBlock headers) {}

  private volatile Written last = write(0);

  HeaderBlock of(Duration timeout) {
    long millis = timeout.toMillis();
    Written known = last;
    if (known.millis() != millis) {
      known = write(millis);
      last = known;
    }
    return known.headers();
  }

  private static Written write(long millis) {
    var headers = HeaderBlock.builder();
    WireHeaders.writeTimeout(millis, headers);
    return new Written(millis, headers.build());
  }
}
