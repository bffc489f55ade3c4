package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.gateway.test.v1.LibraryContract;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.connection.Connections;
import io.bodybroker.sdk.rpc.RpcServer;
import io.bodybroker.sdk.rpc.RpcService;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.PrometheusText;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A gateway for {@link TestLibrary}'s contract, the service itself if wanted, and a client of
 * another make to ask it.
 */
final class RunningGateway implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  final TestLibrary library;
  final Gateway gateway;
  private final BusConfig config;
  private final OpenTelemetry telemetry;
  private final Bus bus;
  private final Deque<AutoCloseable> serving = new ArrayDeque<>();

  private RunningGateway(
      String natsUrl, OpenTelemetry telemetry, UnaryOperator<Gateway.Builder> more) {
    this.config = BusConfig.builder().natsUrls(List.of(natsUrl)).build();
    this.telemetry = telemetry;
    this.bus = Bus.connect(config, telemetry);
    this.library = new TestLibrary(bus);
    var builder =
        Gateway.builder(bus)
            .config(settings().build())
            .contracts(List.of(LibraryContract.CONTRACT))
            .openTelemetry(telemetry);
    this.gateway = more.apply(builder).start();
  }

  /** What every gateway under test has: a free port on loopback. */
  static GatewayConfig.Builder settings() {
    return GatewayConfig.builder().host("127.0.0.1").port(0).drainDelay(Duration.ZERO);
  }

  static RunningGateway start(String natsUrl) {
    return start(natsUrl, UnaryOperator.identity());
  }

  /** Starts one that differs. */
  static RunningGateway start(String natsUrl, UnaryOperator<Gateway.Builder> more) {
    return start(natsUrl, OpenTelemetry.noop(), more);
  }

  /** Starts one that is observed, and the service with it. */
  static RunningGateway start(
      String natsUrl, OpenTelemetry telemetry, UnaryOperator<Gateway.Builder> more) {
    return new RunningGateway(natsUrl, telemetry, more);
  }

  /** Starts the service, and returns when it answers. */
  RunningGateway serve() {
    serve(library);
    awaitReady();
    return this;
  }

  /** Serves from connections of its own, as a process of its own would. */
  void serve(RpcService service) {
    var connections = new Connections(config);
    serving.push(connections);
    var server =
        new RpcServer(
            connections.connection(ConnectionRole.SERVE), config, new RpcTelemetry(telemetry));
    serving.push(server);
    server.serve(service.binding());
  }

  void awaitConnected() throws InterruptedException {
    assertThat(bus.awaitConnected(BOUND)).isTrue();
  }

  void awaitReady() {
    Await.until(BOUND, "readiness", () -> get("/health/ready").statusCode() == 200);
  }

  void stopServing() throws Exception {
    while (!serving.isEmpty()) {
      serving.pop().close();
    }
  }

  /** What its {@code /metrics} says. */
  PrometheusText metrics() {
    return PrometheusText.parse(bus.metrics().text());
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, "", headers);
  }

  HttpResponse<String> json(String method, String path, String body) throws Exception {
    return send(method, path, body, "Content-Type", "application/json");
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    return send(request(path, headers).method(method, publisher).build());
  }

  HttpRequest.Builder request(String path, String... headers) {
    var request = HttpRequest.newBuilder(uri(path)).timeout(BOUND);
    return headers.length == 0 ? request : request.headers(headers);
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  <T> HttpResponse<T> open(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    return CLIENT.send(request, body);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + gateway.port() + path);
  }

  @Override
  public void close() throws Exception {
    library.slow.countDown();
    gateway.close();
    stopServing();
    bus.close();
  }
}
