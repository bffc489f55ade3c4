package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program, as a process of its own. */
@TestServers(jetStream = false)
class GatewayAppTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Pattern LISTENING = Pattern.compile("listening on port (\\d+)");

  @TempDir private Path directory;
  private final List<Process> launched = new ArrayList<>();

  @AfterEach
  void end() {
    launched.forEach(Process::destroyForcibly);
  }

  @Test
  void servesUntilSigtermAndEndsWithStatus0(NatsServer nats) throws Exception {
    Process process = launch(Map.of("NATS_URL", nats.url()));
    String port = awaitPort();

    assertThat(get(port, "/health").statusCode()).isEqualTo(200);
    assertThat(get(port, "/health/ready").body()).contains("weather-manager");
    assertThat(get(port, "/openapi.json").body()).contains("\"/v1/worlds/{world_id}/");

    process.destroy();

    assertThat(process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output()).isZero();
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
    Process process = launch(Map.of(key, value));

    assertThat(process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output()).isEqualTo(2);
    assertThat(output()).contains(message).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GATEWAY_PORT", "HEALTH_PORT"})
  void endsWithStatus1NamingThePortThatIsTaken(String key) throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      Process process = launch(Map.of(key, port));

      assertThat(process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(output()).isEqualTo(1);
      assertThat(output()).contains("port " + port, key + " chooses another");
    }
  }

  private Process launch(Map<String, String> environment) throws IOException {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                GatewayApp.class.getName())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile());
    builder.environment().put("GATEWAY_HOST", "127.0.0.1");
    builder.environment().put("HEALTH_HOST", "127.0.0.1");
    builder.environment().put("GATEWAY_PORT", "0");
    builder.environment().put("HEALTH_PORT", "0");
    builder.environment().putAll(environment);
    Process process = builder.start();
    launched.add(process);
    return process;
  }

  private String awaitPort() {
    return Await.untilSeen(
        BOUND,
        "a port",
        () ->
            LISTENING
                .matcher(output())
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

  private Path log() {
    return directory.resolve("log");
  }

  private String output() throws IOException {
    return Files.readString(log());
  }
}
