package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.JavaProgram;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program, as a process of its own. */
@TestServers(jetStream = false)
class GatewayAppTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Pattern LISTENING = Pattern.compile("listening on port (\\d+)");

  @Test
  void servesUntilSigtermAndEndsWithStatus0(NatsServer nats) throws Exception {
    try (var program = launch(Map.of("NATS_URL", nats.url()))) {
      String port = awaitPort(program);

      assertThat(get(port, "/health").statusCode()).isEqualTo(200);
      assertThat(get(port, "/health/ready").body()).contains("weather-manager");
      assertThat(get(port, "/openapi.json").body()).contains("\"/v1/worlds/{world_id}/");

      assertThat(program.terminate().awaitEnd()).as(program.output()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          GATEWAY_PORT         ~ 65536   ~ GATEWAY_PORT: "65536" (expected: 0 to 65535)
          GATEWAY_MAX_BODY     ~ 1MiB    ~ GATEWAY_MAX_BODY: "1MiB" (expected: 1 to 4194304)
          GATEWAY_CALL_TIMEOUT ~ 1 hour  ~ GATEWAY_CALL_TIMEOUT: "1 hour" (expected: nothing, or 1ms to 5m)
          GATEWAY_PROT         ~ 8001    ~ GATEWAY_PROT
          NATS_URL             ~ http:/x ~ NATS_URL: "http:/x" (expected: nats://host:port
          """)
  void endsWithStatus2NamingKeyValueAndWhatWouldBeRight(String key, String value, String message)
      throws Exception {
    try (var program = launch(Map.of(key, value))) {
      assertThat(program.awaitEnd()).as(program.output()).isEqualTo(2);
      assertThat(program.output()).contains(message).doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GATEWAY_PORT", "HEALTH_PORT"})
  void endsWithStatus1NamingThePortThatIsTaken(String key) throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var program = launch(Map.of(key, String.valueOf(taken.getLocalPort())))) {
      assertThat(program.awaitEnd()).as(program.output()).isEqualTo(1);
      assertThat(program.output())
          .contains("port " + taken.getLocalPort(), key + " chooses another");
    }
  }

  private static JavaProgram launch(Map<String, String> environment) {
    var all =
        new HashMap<>(
            Map.of(
                "GATEWAY_HOST", "127.0.0.1",
                "HEALTH_HOST", "127.0.0.1",
                "GATEWAY_PORT", "0",
                "HEALTH_PORT", "0"));
    all.putAll(environment);
    // Without the contracts that are only for tests: one of them knows sessions, as that of auth.
    return JavaProgram.start(GatewayApp.class, entry -> !entry.endsWith("test-classes"), all);
  }

  private static String awaitPort(JavaProgram program) {
    return Await.untilSeen(
        BOUND,
        "a port",
        () ->
            LISTENING
                .matcher(program.output())
                .results()
                .map((MatchResult line) -> line.group(1))
                .findFirst()
                .orElse(""),
        port -> !port.isEmpty());
  }

  private static HttpResponse<String> get(String port, String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      return client.send(request, BodyHandlers.ofString());
    }
  }
}
