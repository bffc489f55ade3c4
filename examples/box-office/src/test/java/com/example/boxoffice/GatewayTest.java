package com.example.boxoffice;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.gateway.Gateway;
import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routes that the contract declares, as clients with HTTP and JSON see them. */
@TestServers
class GatewayTest {
  private RunningService service;
  private Gateway gateway;
  private HttpClient http;

  @BeforeEach
  void start(NatsServer nats) {
    service = RunningService.of(BoxOfficeModule::new).start(nats);
    var config =
        GatewayConfig.builder().host("127.0.0.1").port(0).drainDelay(Duration.ZERO).build();
    gateway = Gateway.start(service.bus(), config);
    http = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    http.close();
    gateway.close();
    service.close();
  }

  @Test
  void reservesAndRefuses() throws Exception {
    assertThat(send("PUT", "/v1/shows/hamlet/seats/A7", "{\"holder\": \"ada\"}").body())
        .contains("\"seat\":\"A7\"", "\"holder\":\"ada\"", "\"reservedAt\":");
    assertThat(send("GET", "/v1/shows/hamlet/seats/A7", "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/v1/shows/hamlet/seats/B1", "").statusCode()).isEqualTo(404);
    assertThat(send("PUT", "/v1/shows/hamlet/seats/A7", "{\"holder\": \"bob\"}").statusCode())
        .isEqualTo(409);
    assertThat(send("PUT", "/v1/shows/hamlet/seats/Z99", "{\"holder\": \"bob\"}").body())
        .contains("INVALID_ARGUMENT", "a row from A to H");
  }

  @Test
  void hasOnlyTheRoutesOfThisContract() throws Exception {
    assertThat(send("GET", "/openapi.json", "").body())
        .contains("/v1/shows/{show_id}/seats/{seat}", "Reserves a seat.")
        .doesNotContain("/v1/worlds");
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + gateway.port() + path);
    var request =
        HttpRequest.newBuilder(uri)
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
