package io.bodybroker.observability;

import io.bodybroker.cli.RunningUp;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.statemanager.v1.PlayerStateUpdated;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.PrometheusText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * All services and the gateway in one process, having done a little of everything; and a program
 * beside them that consumes an event and gives it up.
 */
final class WholeSystem implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final RunningUp up;
  private final ServiceHost reader;

  private WholeSystem(RunningUp up, ServiceHost reader) {
    this.up = up;
    this.reader = reader;
  }

  /** Starts it; returns when calls, streams, events and stores have left their marks. */
  static WholeSystem start(Path data) {
    var up = RunningUp.start(data);
    var system = new WholeSystem(up, reader(up));
    try {
      system.exercise();
      return system;
    } catch (RuntimeException | AssertionError e) {
      system.close();
      throw e;
    }
  }

  private static ServiceHost reader(RunningUp up) {
    var config =
        BusConfig.builder()
            .name("reader")
            .natsUrls(List.of(up.environment().get("NATS_URL")))
            .healthHost("127.0.0.1")
            .healthPort(0)
            .build();
    return ServiceHost.start(
        context ->
            context.consume(
                ConsumerSpec.builder("reader", PlayerStateUpdated.getDefaultInstance()).build(),
                (event, delivery) -> {
                  throw ServiceException.of(ErrorCode.FAILED_PRECONDITION, "given up for the page");
                }),
        config);
  }

  private void exercise() {
    up.get(up.gatewayPort(), "/v1/worlds/metrics/time");
    up.get(up.gatewayPort(), "/v1/worlds/metrics/weather");
    up.get(up.gatewayPort(), "/no/such/route");
    String token = "Bearer " + up.operatorToken();
    up.send(
        request("/v1/players/metrics/state")
            .header("Content-Type", "application/json")
            .header("Authorization", token)
            .PUT(BodyPublishers.ofString("{\"state\": {\"gold\": 1}, \"mode\": \"MERGE\"}"))
            .build());
    up.get(up.gatewayPort(), "/v1/players/metrics/state?min_version=1");
    up.send(request("/v1/players/metrics/balances").header("Authorization", token).build());
    reader.bus().events().publish(PlayerStateUpdated.getDefaultInstance(), "metrics:1");
    readOneMessage("/v1/worlds/metrics/weather/changes");
    Await.until(
        BOUND,
        "an event, its dead letter and a watch",
        () ->
            metrics().sum("messaging_client_sent_messages_total") > 0
                && metrics().sum("dead_letters_total") > 0
                && metrics().sum("store_watches_open") > 0);
  }

  /** The first message of a stream has come when the first line has. */
  private void readOneMessage(String path) {
    try (var http = HttpClient.newHttpClient()) {
      HttpResponse<Stream<String>> stream =
          http.send(
              request(path).header("Accept", "application/x-ndjson").build(),
              HttpResponse.BodyHandlers.ofLines());
      try (Stream<String> lines = stream.body()) {
        if (lines.findFirst().isEmpty()) {
          throw new AssertionError("no message on " + path + ": " + stream);
        }
      }
      http.shutdownNow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + up.gatewayPort() + path));
  }

  /** Of both programs, as Prometheus has them. */
  PrometheusText metrics() {
    var page = PrometheusText.parse(up.get(up.healthPort(), "/metrics").body());
    var more = PrometheusText.parse(reader.bus().metrics().text());
    var types = new HashMap<>(page.types());
    types.putAll(more.types());
    return new PrometheusText(
        types, Stream.concat(page.samples().stream(), more.samples().stream()).toList());
  }

  @Override
  public void close() {
    try (up) {
      reader.close();
    }
  }
}
