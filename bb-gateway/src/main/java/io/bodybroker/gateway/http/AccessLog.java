package io.bodybroker.gateway.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;

/**
 * A line for each request, when it is over. Queries are left out: they may hold what is nobody
 * else's business. Thread-safe.
 */
final class AccessLog {
  private static final Logger LOG = System.getLogger("io.bodybroker.gateway.access");

  /** The status of requests whose client did not wait for one, as nginx has it. */
  static final int CLIENT_GONE = 499;

  private final boolean isOn;

  AccessLog(boolean isOn) {
    this.isOn = isOn;
  }

  void write(ServerRequest request, String client, int status, long bytes, long nanos) {
    if (!isOn || !LOG.isLoggable(Level.INFO)) {
      return;
    }
    LOG.log(
        Level.INFO,
        "{0} {1} {2} {3} bytes {4} ms {5} \"{6}\"",
        request.prologue().method().text(),
        request.prologue().uriPath().rawPath(),
        String.valueOf(status),
        String.valueOf(bytes),
        String.format(Locale.ROOT, "%.1f", nanos / 1e6),
        client,
        request.headers().first(HeaderNames.USER_AGENT).orElse("-"));
  }
}
