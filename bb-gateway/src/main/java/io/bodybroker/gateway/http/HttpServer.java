package io.bodybroker.gateway.http;

import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.gateway.json.JsonCodec;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.opentelemetry.api.OpenTelemetry;

/**
 * The listening server. Each connection has a virtual thread, which waits for the call it makes; so
 * concurrency is bounded here, and no thread pool has to be sized.
 *
 * <p>Path and query are checked by us, as we want to say what is wrong; the server's own checks of
 * them are off.
 */
public final class HttpServer implements AutoCloseable {
  static final int MAX_LINE = 8 * 1024;
  static final int MAX_HEADERS = 16 * 1024;

  private final WebServer server;

  private HttpServer(WebServer server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException if the port is taken, naming it
   */
  public static HttpServer start(
      GatewayConfig config,
      Routes routes,
      RpcCaller caller,
      JsonCodec json,
      OpenTelemetry openTelemetry) {
    var calls = new Calls(caller, options(config), json, config.maxBody());
    var dispatcher = new Dispatcher(routes, calls, new HttpTelemetry(openTelemetry));
    WebServer server =
        WebServer.builder()
            .host(config.host())
            .port(config.port())
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false) // the only one there is gets to refuse HTTP/1.0
            .shutdownHook(false)
            .shutdownGracePeriod(config.drainTimeout())
            .maxTcpConnections(config.maxConnections())
            .concurrencyLimit(FixedLimit.builder().permits(config.maxConcurrency()).build())
            .maxPayloadSize(BodyReader.DROPPED)
            .idleConnectionTimeout(config.idleTimeout())
            .connectionOptions(socket -> socket.tcpNoDelay(true).readTimeout(config.idleTimeout()))
            .addProtocol(
                Http1Config.builder()
                    .validatePath(false)
                    .validatePrologue(false)
                    .maxPrologueLength(MAX_LINE)
                    .maxHeadersSize(MAX_HEADERS)
                    .sendKeepAliveHeader(false)
                    .build())
            .directHandlers(TransportProblems.handlers())
            .addRouting(HttpRouting.builder().any(dispatcher))
            .build();
    server.start();
    if (!server.isRunning()) { // start() throws nothing; Helidon has logged the cause
      throw new IllegalStateException(
          "port %d, wanted for the gateway, cannot be had on %s; GATEWAY_PORT chooses another"
              .formatted(config.port(), config.host()));
    }
    return new HttpServer(server);
  }

  private static CallOptions options(GatewayConfig config) {
    return config.callTimeout().map(CallOptions::timeout).orElseGet(CallOptions::defaults);
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /**
   * Stops to listen and waits for requests at work, up to the grace period. May be called twice.
   */
  @Override
  public void close() {
    server.stop();
  }
}
