package io.bodybroker.sdk.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.telemetry.LogLines;
import io.bodybroker.sdk.telemetry.StateChange;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.PrometheusText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthServerTest {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final HealthChecks checks = new HealthChecks("test");
  private final HttpClient http = HttpClient.newHttpClient();
  private HealthServer server;

  @BeforeEach
  void start() {
    server =
        HealthServer.start(
            BusConfig.builder().healthHost("127.0.0.1").healthPort(0).build(),
            checks,
            new Metrics());
  }

  @AfterEach
  void stop() {
    server.close();
    checks.close();
    http.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void isAliveWhateverElseIsNot() throws Exception {
    checks.readiness("nats", () -> false, () -> "refused");

    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/health").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(get("/health").headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void isStartedOnceTheWiringIsDone() throws Exception {
    assertThat(get("/health/started").statusCode()).isEqualTo(503);

    checks.started();

    assertThat(get("/health/started").statusCode()).isEqualTo(200);
  }

  @Test
  void saysWhyItIsNotReady() throws Exception {
    var isUp = new AtomicBoolean();
    checks.readiness("nats", isUp::get, () -> "connection \"refused\"");
    checks.readiness("draining", () -> true, () -> "draining");
    checks.started();

    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(get("/health/ready").body())
        .isEqualTo(
            "{\"status\":\"DOWN\",\"checks\":["
                + "{\"name\":\"nats\",\"status\":\"DOWN\",\"reason\":\"connection \\\"refused\\\"\"},"
                + "{\"name\":\"draining\",\"status\":\"UP\"}]}");

    isUp.set(true);

    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").body()).startsWith("{\"status\":\"UP\"");
  }

  @Test
  void logsEachChangeOfReadinessOnceHoweverOftenItIsAskedFor() throws Exception {
    try (var lines = LogLines.record()) {
      var isUp = new AtomicBoolean(true);
      checks.readiness("nats", isUp::get, () -> "refused");
      checks.started();
      for (int i = 0; i < 3; i++) {
        get("/health/ready");
      }
      isUp.set(false);
      for (int i = 0; i < 3; i++) {
        get("/health/ready");
      }

      assertThat(lines.changes())
          .containsExactly(
              new StateChange(
                  "readiness", "test", "NOT_READY", "READY", "all conditions hold: nats"),
              new StateChange("readiness", "test", "READY", "NOT_READY", "nats: refused"));
    }
  }

  @Test
  void logsAChangeOfReadinessThatNobodyAskedFor() {
    try (var lines = LogLines.record()) {
      var isUp = new AtomicBoolean(true);
      checks.readiness("nats", isUp::get, () -> "refused");
      checks.started();
      Await.until(BOUND, "ready", () -> lines.changes().size() == 1);

      isUp.set(false);

      Await.until(BOUND, "not ready", () -> lines.changes().size() == 2);
    }
  }

  @Test
  void showsReadinessAndEachConditionAsMetrics() throws Exception {
    checks.readiness("nats", () -> true, () -> "refused");
    checks.readiness("draining", () -> false, () -> "draining");
    checks.started();

    PrometheusText metrics = PrometheusText.parse(get("/metrics").body());

    assertThat(metrics.sum("bb_ready")).isZero();
    assertThat(metrics.sum("bb_readiness", "condition", "nats")).isEqualTo(1);
    assertThat(metrics.sum("bb_readiness", "condition", "draining")).isZero();
    assertThat(metrics.sum("bb_build_info")).isEqualTo(1);
    assertThat(metrics.sum("process_cpu_seconds_total")).isPositive();
    assertThat(metrics.sum("process_uptime_seconds")).isPositive();
    assertThat(metrics.sum("jvm_memory_used_bytes", "area", "heap")).isPositive();
    assertThat(metrics.sum("jvm_threads_current")).isPositive();
  }

  @Test
  void showsMetricsAsPrometheusText() throws Exception {
    HttpResponse<String> metrics = get("/metrics");

    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    List<String> types = metrics.body().lines().filter(line -> line.startsWith("# TYPE ")).toList();
    assertThat(types).as("a name each").doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nope", "/health/nope", "/metrics/nope"})
  void hasNothingElse(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }
}
