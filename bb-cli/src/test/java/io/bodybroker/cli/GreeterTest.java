package io.bodybroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.greeter.GreeterApp;
import com.example.greeter.Visitor;
import com.example.greeter.v1.GreeterContract;
import io.bodybroker.gateway.Gateway;
import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.JavaProgram;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The service and the caller that the README shows, run as it says. */
@TestServers
class GreeterTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @Test
  void answersItsCallersOverNatsAndOverHttp(NatsServer nats) throws Exception {
    var environment = Map.of("NATS_URL", nats.url(), "HEALTH_PORT", "0");
    var config = BusConfig.builder().natsUrls(List.of(nats.url())).build();
    try (var service = JavaProgram.start(GreeterApp.class, environment);
        var bus = Bus.connect(config);
        var gateway =
            Gateway.builder(bus)
                .config(
                    GatewayConfig.builder()
                        .host("127.0.0.1")
                        .drainDelay(Duration.ZERO)
                        .port(0)
                        .build())
                .contracts(List.of(GreeterContract.CONTRACT))
                .start();
        var visitor = awaitServed(service, bus, environment)) {
      assertThat(visitor.awaitEnd()).as(visitor.output()).isZero();
      assertThat(visitor.output()).contains("Hello, Ada!\nHello, Grace!\n");
      assertThat(get(gateway, "/v1/greetings/Ada")).isEqualTo("{\"greeting\":\"Hello, Ada!\"}");
      assertThat(get(gateway, "/v1/greetings/Voldemort")).contains("NOT_FOUND");
      assertThat(service.terminate().awaitEnd()).as(service.output()).isZero();
    }
  }

  private static JavaProgram awaitServed(
      JavaProgram service, Bus bus, Map<String, String> environment) {
    Await.until(
        BOUND,
        "greeter to be served",
        () -> !bus.discovery().findAll(Duration.ofMillis(50)).isEmpty());
    assertThat(service.output()).doesNotContain("ERROR");
    return JavaProgram.start(Visitor.class, environment, "Ada", "Grace");
  }

  private static String get(Gateway gateway, String path) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + gateway.port() + path);
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }
}
