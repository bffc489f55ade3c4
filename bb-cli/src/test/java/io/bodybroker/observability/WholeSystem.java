package io.bodybroker.observability;

import io.bodybroker.cli.RunningUp;
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
import java.util.stream.Stream;

/** All services and the gateway in one process, having done a little of everything. */
final class WholeSystem implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final RunningUp up;

  private WholeSystem(RunningUp up) {
    this.up = up;
  }

  /** Starts it; returns when calls, streams, events and stores have left their marks. */
  static WholeSystem start(Path data) {
    var system = new WholeSystem(RunningUp.start(data));
    try {
      system.exercise();
      return system;
    } catch (RuntimeException | AssertionError e) {
      system.close();
      throw e;
    }
  }

  private void exercise() {
    up.get(up.gatewayPort(), "/v1/worlds/metrics/time");
    up.get(up.gatewayPort(), "/v1/worlds/metrics/weather");
    up.get(up.gatewayPort(), "/no/such/route");
    up.send(
        request("/v1/players/metrics/state")
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"state\": {\"gold\": 1}, \"mode\": \"MERGE\"}"))
            .build());
    readOneMessage("/v1/worlds/metrics/weather/changes");
    Await.until(
        BOUND,
        "an event and a watch",
        () ->
            metrics().sum("messaging_client_sent_messages_total") > 0
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

  PrometheusText metrics() {
    return PrometheusText.parse(up.get(up.healthPort(), "/metrics").body());
  }

  @Override
  public void close() {
    up.close();
  }
}
