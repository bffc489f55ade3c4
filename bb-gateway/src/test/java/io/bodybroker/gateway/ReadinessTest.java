package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.auth.v1.AuthContract;
import io.bodybroker.gateway.test.v1.LibraryContract;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alive at once; ready when NATS is up and every service has answered once. */
@TestServers(jetStream = false)
class ReadinessTest {
  private static final Duration BOUND = Duration.ofSeconds(10);

  @Test
  void isAliveAtOnceAndNamesTheServicesItWaitsFor(NatsServer nats) throws Exception {
    try (var running = waitingForTwo(nats)) {
      assertThat(running.get("/health").statusCode()).isEqualTo(200);
      HttpResponse<String> ready = running.get("/health/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body())
          .isEqualTo("{\"status\":\"DOWN\",\"waitingFor\":[\"auth\",\"library\"]}");
      assertThat(ready.headers().firstValue("Cache-Control")).contains("no-store");

      running.serve(running.library);

      Await.untilAsserted(
          BOUND,
          "the library to be seen",
          () ->
              assertThat(running.get("/health/ready").body())
                  .isEqualTo("{\"status\":\"DOWN\",\"waitingFor\":[\"auth\"]}"));
    }
  }

  @Test
  void staysReadyWhenAServiceGoesAway(NatsServer nats) throws Exception {
    try (var running = RunningGateway.start(nats.url()).serve()) {
      running.stopServing();

      assertThat(running.get("/v1/books/b").statusCode()).isEqualTo(503);
      assertThat(running.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(running.get("/health/ready").body()).isEqualTo("{\"status\":\"UP\"}");
    }
  }

  @Test
  void isNotReadyButAliveWhileNatsIsDown(NatsServer nats) throws Exception {
    try (var running = RunningGateway.start(nats.url()).serve()) {
      nats.kill();

      Await.until(BOUND, "not ready", () -> running.get("/health/ready").statusCode() == 503);
      assertThat(running.get("/health/ready").body()).doesNotContain("127.0.0.1");
      assertThat(running.get("/health").statusCode()).isEqualTo(200);

      nats.restart();

      running.awaitReady();
    }
  }

  @Test
  void startsWhileNatsIsDown(NatsServer nats) throws Exception {
    nats.kill();

    try (var running = RunningGateway.start(nats.url())) {
      assertThat(running.get("/health").statusCode()).isEqualTo(200);
      assertThat(running.get("/health/ready").statusCode()).isEqualTo(503);

      nats.restart();

      running.serve();
    }
  }

  private static RunningGateway waitingForTwo(NatsServer nats) {
    return RunningGateway.start(
        nats.url(),
        gateway -> gateway.contracts(List.of(LibraryContract.CONTRACT, AuthContract.CONTRACT)));
  }
}
