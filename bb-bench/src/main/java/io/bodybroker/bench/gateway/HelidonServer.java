package io.bodybroker.bench.gateway;

import io.bodybroker.bench.load.Service;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpService;

/**
 * Helidon's web server as it is by default, which is a virtual thread for each connection and
 * {@code TCP_NODELAY}.
 */
final class HelidonServer {
  private HelidonServer() {}

  /** Starts it; what else is to be closed follows it. */
  static Service.Server start(HttpService routes, AutoCloseable behind) {
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .connectionOptions(options -> options.tcpNoDelay(true))
            .routing(routing -> routing.register(routes))
            .build()
            .start();
    return Service.Server.of(
        "127.0.0.1:" + server.port(),
        () -> {
          try (behind) {
            server.stop();
          }
        });
  }
}
