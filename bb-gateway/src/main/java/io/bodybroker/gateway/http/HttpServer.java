package io.bodybroker.gateway.http;

import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.gateway.json.JsonCodec;
import io.bodybroker.gateway.session.Sessions;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.opentelemetry.api.OpenTelemetry;

/**
 * The listening server. Each connection has a virtual thread, which waits for the call it makes; so
 * concurrency is bounded by counting requests, and no thread pool has to be sized.
 *
 * <p>Path and query are checked by us, as we want to say what is wrong; the server's own checks of
 * them are off.
 */
public final class HttpServer implements AutoCloseable {
  static final int MAX_LINE = 8 * 1024;
  static final int MAX_HEADERS = 16 * 1024;

  private final WebServer server;
  private final Dispatcher dispatcher;
  private final Streams streams;
  private final Clients clients;

  private HttpServer(WebServer server, Dispatcher dispatcher, Streams streams, Clients clients) {
    this.server = server;
    this.dispatcher = dispatcher;
    this.streams = streams;
    this.clients = clients;
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
      Sessions sessions,
      JsonCodec json,
      OpenTelemetry openTelemetry,
      Metrics metrics) {
    var limits = new StreamLimits(config.maxStreams(), config.streamKeepAlive(), config.maxReply());
    var meters = new HttpMeters(metrics);
    var streams = new Streams(caller, json, limits, meters);
    var calls =
        new Calls(
            caller,
            streams,
            new EdgeHeaders(config),
            sessions,
            json,
            config.maxBody(),
            config.maxReply());
    var clients = new Clients(config.receiveTimeout(), config.stallTimeout(), config.proxies());
    var dispatcher =
        new Dispatcher(
            routes,
            calls,
            clients,
            new ClientRates(config.clientRate(), meters, System::nanoTime),
            new Places(config.maxConcurrency(), meters),
            new HttpTelemetry(openTelemetry, metrics),
            new AccessLog(config.accessLog()));
    WebServer server = webServer(config, clients, dispatcher);
    meters.observe(clients::count, streams::open);
    server.start();
    if (!server.isRunning()) { // start() throws nothing; Helidon has logged the cause
      clients.close();
      throw new IllegalStateException(
          "port %d, wanted for the gateway, cannot be had on %s; GATEWAY_PORT chooses another"
              .formatted(config.port(), config.host()));
    }
    return new HttpServer(server, dispatcher, streams, clients);
  }

  private static WebServer webServer(GatewayConfig config, Clients clients, Handler dispatcher) {
    return WebServer.builder()
        .host(config.host())
        .port(config.port())
        .featuresDiscoverServices(false)
        .protocolsDiscoverServices(false) // the only one there is gets to refuse HTTP/1.0
        .shutdownHook(false)
        .shutdownGracePeriod(config.drainTimeout())
        .maxTcpConnections(config.maxConnections())
        .idleConnectionTimeout(config.idleTimeout())
        .idleConnectionPeriod(config.idleTimeout().dividedBy(4)) // how often it looks
        .connectionOptions(
            new PatientSockets(SocketOptions.builder().tcpNoDelay(true).buildPrototype()))
        .useNio(false) // its sockets cannot tell that a client is gone: idle() does nothing
        .addConnectionSelector(new BoundedChunks(http1(clients), config.maxBody()))
        .directHandlers(TransportProblems.handlers())
        .update(builder -> Cors.feature(config).ifPresent(builder::addFeature))
        .addRouting(HttpRouting.builder().any(dispatcher))
        .build();
  }

  private static ServerConnectionSelector http1(Clients clients) {
    return Http1ConnectionSelector.builder()
        .config(
            Http1Config.builder()
                .validatePath(false)
                .validatePrologue(false)
                .maxPrologueLength(MAX_LINE)
                .maxHeadersSize(MAX_HEADERS)
                .sendKeepAliveHeader(false)
                .addReceiveListener(clients)
                .build())
        .build();
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Still takes requests, but no further one on a connection that has made one. */
  public void drain() {
    dispatcher.drain();
  }

  /**
   * Stops to listen, ends all streams, and waits for requests at work, up to the grace period. May
   * be called twice.
   */
  @Override
  public void close() {
    dispatcher.drain();
    streams.close();
    server.stop();
    clients.close();
  }
}
