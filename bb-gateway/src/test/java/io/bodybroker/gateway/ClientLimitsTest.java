package io.bodybroker.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one client may ask for: how long, how often, how much, and what it lets through. */
@TestServers(jetStream = false)
class ClientLimitsTest {
  private final String nats;

  @SuppressWarnings("NullAway.Init") // by each test, with its settings
  private RunningGateway running;

  ClientLimitsTest(NatsServer server) {
    nats = server.url();
  }

  private void start(UnaryOperator<GatewayConfig.Builder> settings) {
    running =
        RunningGateway.start(
                nats, gateway -> gateway.config(settings.apply(RunningGateway.settings()).build()))
            .serve();
  }

  @AfterEach
  void stop() throws Exception {
    running.close();
  }

  private Duration timeLeft() {
    return Objects.requireNonNull(running.library.lastCall.get()).remaining();
  }

  @Test
  void waitsAsLongAsTheClientSaysUpToACeiling() throws Exception {
    start(settings -> settings.maxCallTimeout(Duration.ofSeconds(20)));

    running.get("/v1/books/b", "X-Timeout-Ms", "5000");
    assertThat(timeLeft()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    running.get("/v1/books/b", "X-Timeout-Ms", "999999999");
    assertThat(timeLeft()).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(20));

    var late = running.get("/v1/books/slow", "X-Timeout-Ms", "50");
    assertThat(late.statusCode()).isEqualTo(504);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "2s", "9999999999", "soon"})
  void refusesATimeoutThatIsNone(String timeout) throws Exception {
    start(settings -> settings);

    var refused = running.get("/v1/books/b", "X-Timeout-Ms", timeout);

    assertThat(refused.statusCode()).isEqualTo(400);
    Json.assertText(refused, "fieldViolations.0.field", "X-Timeout-Ms");
    Json.assertText(refused, "fieldViolations.0.value", timeout);
  }

  @Test
  void cancelsTheCallOfAClientThatIsGone() throws Exception {
    var spans = InMemorySpanExporter.create();
    var telemetry =
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();
    var settings = RunningGateway.settings().callTimeout(Duration.ofSeconds(60)).build();
    running = RunningGateway.start(nats, telemetry, gateway -> gateway.config(settings)).serve();
    try (var connection = new RawHttp(running.gateway.port())) {
      connection.request("GET /v1/books/slow", "X-Nothing: here");
      assertThat(running.library.slowEntered.await(10, SECONDS)).isTrue();
    }

    Await.until(
        Duration.ofSeconds(10),
        "the end of the call, long before its time is up",
        () ->
            spans.getFinishedSpanItems().stream()
                .anyMatch(span -> span.getAttributes().asMap().containsValue(499L)));
  }

  @Test
  void servesTheNextRequestOfAConnectionWhoseLastTookLong() throws Exception {
    start(settings -> settings.callTimeout(Duration.ofMillis(700)));
    try (var connection = new RawHttp(running.gateway.port())) {
      for (int i = 0; i < 3; i++) {
        connection.request("GET /v1/books/slow", "X-Nothing: here");
        assertThat(connection.response()).startsWith("HTTP/1.1 504");
        connection.request("GET /v1/books/b", "X-Nothing: here");
        assertThat(connection.response()).startsWith("HTTP/1.1 200").contains("\"b\"");
      }
      // Sent while the one before is still at work, and so while its connection is watched.
      connection.request("GET /v1/books/slow", "X-Nothing: here");
      connection.request("GET /v1/books/b", "X-Nothing: here");
      assertThat(connection.response()).startsWith("HTTP/1.1 504");
      assertThat(connection.response()).startsWith("HTTP/1.1 200").contains("\"b\"");
    }
  }

  @Test
  void boundsHowOftenOneClientAsksAndNotTheOthers() throws Exception {
    start(settings -> settings.clientRate(1).proxies(1)); // each second that this takes lets one in
    int refused = 0;
    for (int i = 0; i < 20; i++) {
      var answer = running.get("/v1/books/b", "X-Forwarded-For", "forged, 192.0.2.7");
      if (answer.statusCode() == 429) {
        refused++;
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      }
    }

    assertThat(refused).isBetween(1, 19);
    assertThat(running.get("/v1/books/b", "X-Forwarded-For", "192.0.2.8").statusCode())
        .isEqualTo(200);
    assertThat(running.get("/health", "X-Forwarded-For", "192.0.2.7").statusCode())
        .as("pages of its own are not counted")
        .isEqualTo(200);
  }

  /** Whoever has a network of IPv6 can ask from another address each time. */
  @Test
  void countsANetworkOfIpv6AsOneClient() throws Exception {
    start(settings -> settings.clientRate(1).proxies(1));
    int refused = 0;
    for (int i = 1; i <= 20; i++) {
      String address = "2001:db8:0:7::" + Integer.toHexString(i);
      if (running.get("/v1/books/b", "X-Forwarded-For", address).statusCode() == 429) {
        refused++;
      }
    }

    assertThat(refused).isBetween(1, 19);
    assertThat(running.get("/v1/books/b", "X-Forwarded-For", "2001:db8:0:8::1").statusCode())
        .isEqualTo(200);
  }

  @Test
  void answersNoMoreThanTheLimit() throws Exception {
    start(settings -> settings.maxReply(1024));

    var refused = running.get("/v1/files/" + "n".repeat(2000));

    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(refused.body()).contains("limit of 1024 bytes");
    assertThat(running.get("/v1/files/n").statusCode()).isEqualTo(200);
  }

  @Test
  void passesOnTheHeadersOfItsListAndNoOthers() throws Exception {
    start(settings -> settings.passHeaders(List.of("accept-language", "x-client-build")));

    running.get(
        "/v1/books/b",
        "Accept-Language",
        "de, en;q=0.5",
        "X-Client-Build",
        "Grüße 7",
        "X-Other",
        "no");

    var seen = Objects.requireNonNull(running.library.lastCall.get()).metadata();
    assertThat(seen.header("Accept-Language")).contains("de, en;q=0.5");
    assertThat(seen.headers()).containsOnlyKeys("accept-language", "x-client-build");
  }

  @Test
  void compressesWhatIsWorthItForThoseWhoTakeIt() throws Exception {
    start(settings -> settings);
    String path = "/v1/files/" + "n".repeat(5000);

    var plain = running.get(path);
    var compressed =
        running.open(
            running.request(path, "Accept-Encoding", "br, gzip").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    var small = running.get("/v1/books/b", "Accept-Encoding", "gzip");
    var unwelcome = running.get(path, "Accept-Encoding", "gzip;q=0, br");

    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(plain.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(compressed.body().length).isLessThan(500);
    try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain.body());
    }
    assertThat(small.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(unwelcome.headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void refusesABodyThatIsCompressed() throws Exception {
    start(settings -> settings);

    var refused =
        running.send(
            "POST",
            "/v1/echo",
            "{}",
            "Content-Type",
            "application/json",
            "Content-Encoding",
            "gzip");

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(415);
    assertThat(refused.body()).contains("Content-Encoding");
  }

  @Test
  void letsPagesOfTheOriginsOfItsListAskAndNoOthers() throws Exception {
    start(settings -> settings.corsOrigins(List.of("https://game.example")));

    var preflight = preflight("https://game.example");
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://game.example");
    assertThat(preflight.headers().allValues("Access-Control-Allow-Methods")).contains("PUT");
    assertThat(
            preflight
                .headers()
                .firstValue("Access-Control-Allow-Headers")
                .orElse("")
                .toLowerCase(Locale.ROOT))
        .contains("idempotency-key");
    var answer = running.get("/v1/books/b", "Origin", "https://game.example");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://game.example");
    assertThat(answer.headers().allValues("Access-Control-Expose-Headers"))
        .contains("X-Request-Id");

    assertThat(preflight("https://evil.example").headers().map())
        .doesNotContainKey("access-control-allow-origin");
  }

  private HttpResponse<String> preflight(String origin) throws Exception {
    return running.send(
        "OPTIONS",
        "/v1/books/b",
        "",
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "PUT",
        "Access-Control-Request-Headers",
        "idempotency-key");
  }

  @Test
  void letsNoPageOfAnotherSiteAskUnlessTold() throws Exception {
    start(settings -> settings);

    var answer = running.get("/v1/books/b", "Origin", "https://game.example");

    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    assertThat(preflight("https://game.example").headers().map())
        .doesNotContainKey("access-control-allow-origin");
  }
}
