package io.bodybroker.gateway.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

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
    var line = new StringBuilder(160);
    line.append(request.prologue().method().text()).append(' ');
    line.append(request.prologue().uriPath().rawPath()).append(' ');
    line.append(status).append(' ').append(bytes).append(" bytes ");
    appendMillis(line, nanos);
    line.append(" ms ").append(client).append(" \"");
    line.append(request.headers().first(HeaderNames.USER_AGENT).orElse("-")).append('"');
    LOG.log(Level.INFO, line.toString());
  }

  /** To a tenth, rounded half up. */
  private static void appendMillis(StringBuilder line, long nanos) {
    long tenths = (nanos + 50_000) / 100_000;
    line.append(tenths / 10).append('.').append(tenths % 10);
  }
}
