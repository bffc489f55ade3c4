package io.bodybroker.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that has as many requests at work as it may. */
@TestServers(jetStream = false)
class BusyGatewayTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private RunningGateway running;

  @BeforeEach
  void start(NatsServer nats) {
    var settings = RunningGateway.settings().maxConcurrency(1).callTimeout(BOUND).build();
    running = RunningGateway.start(nats.url(), gateway -> gateway.config(settings)).serve();
  }

  @AfterEach
  void stop() throws Exception {
    running.close();
  }

  @Test
  void refusesFurtherOnesAtOnceAndStillSaysThatItIsWell() throws Exception {
    try (var slow = new RawHttp(running.gateway.port())) {
      slow.request("GET /v1/books/slow", "X-Nothing: here");
      assertThat(running.library.slowEntered.await(BOUND.toSeconds(), SECONDS)).isTrue();

      var refused = running.get("/v1/books/b", "X-Request-Id", "one-too-many");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(refused.headers().firstValue("X-Request-Id")).contains("one-too-many");
      Json.assertText(refused, "detail", "The gateway has 1 requests at work, its limit");
      assertThat(running.metrics().sum("gateway_refusals_total")).isEqualTo(1);
      assertThat(running.get("/health").statusCode()).isEqualTo(200);
      assertThat(running.get("/health/ready").statusCode()).isEqualTo(200);

      running.library.slow.countDown();

      assertThat(slow.response()).startsWith("HTTP/1.1 200");
    }
    Await.until(BOUND, "a place", () -> running.get("/v1/books/b").statusCode() == 200);
  }
}
