package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.PrometheusText;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code /metrics} tells of a gateway. */
@TestServers(jetStream = false)
class MetricsTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private RunningGateway running;

  @BeforeEach
  void start(NatsServer nats) {
    var settings = RunningGateway.settings().maxStreams(1).clientRate(1000).build();
    running = RunningGateway.start(nats.url(), gateway -> gateway.config(settings)).serve();
  }

  @AfterEach
  void stop() throws Exception {
    running.close();
  }

  @Test
  void tellsWhatIsOpenAndWhatALimitRefused() throws Exception {
    try (var stream = new RawHttp(running.gateway.port())) {
      stream.request("GET /v1/books/b/loans", "Accept: application/x-ndjson");
      stream.headResponse();
      assertThat(running.get("/v1/books/b/loans").statusCode()).isEqualTo(429);

      PrometheusText metrics = running.metrics();
      assertThat(metrics.sum("gateway_streams_open")).isEqualTo(1);
      assertThat(metrics.sum("http_server_active_requests")).isGreaterThanOrEqualTo(1);
      assertThat(metrics.sum("gateway_refusals_total")).isEqualTo(1);
    }
  }

  @Test
  void hasNoLabelThatAClientMadeUp() throws Exception {
    running.get("/v1/nope");
    RawHttp.send(running.gateway.port(), "FOO /v1/nope HTTP/1.1");
    awaitUnrouted(2);
    int before = running.metrics().samples().size();
    var random = new Random(7);
    for (int i = 0; i < 200; i++) {
      String word = "w" + Integer.toString(random.nextInt(1 << 30), 36);
      String method = word.toUpperCase(Locale.ROOT);
      RawHttp.send(running.gateway.port(), method + " /v1/" + word + " HTTP/1.1");
      running.get("/v1/" + word, "User-Agent", word, "X-Request-Id", word);
    }

    awaitUnrouted(402);
    assertThat(running.metrics().samples()).hasSize(before);
  }

  /** A request is measured when it is over, which its client may know before. */
  private void awaitUnrouted(int requests) {
    Await.untilSeen(
        BOUND,
        "requests without a route",
        () ->
            running.metrics().sum("http_server_request_duration_seconds_count", "route", "_OTHER"),
        seen -> seen == requests);
  }
}
