package io.bodybroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  @TempDir private Path data;

  @Test
  void runsEverythingUntilItIsToldToEnd() {
    try (var up = RunningUp.start(data)) {
      assertThat(up.program().output())
          .contains("nats-server", "redis-server", "state-manager", "time-manager")
          .contains("weather-manager", "gateway", "http://127.0.0.1:" + up.gatewayPort());
      assertThat(up.get(up.gatewayPort(), "/v1/worlds/veridian/time").body())
          .contains("\"gameTime\"");
      assertThat(up.get(up.gatewayPort(), "/v1/worlds/veridian/weather").body())
          .contains("\"nextChange\"");
      assertThat(up.get(up.healthPort(), "/health/ready").statusCode()).isEqualTo(200);
      List<ProcessHandle> children = up.program().descendants();
      assertThat(children).isNotEmpty();

      up.program().terminate().awaitEnd();

      awaitEnd(children);
      assertThat(data.resolve("logs/bb-up.log")).content().contains("\"to\":\"DRAINED\"");
    }
  }

  @Test
  void runsTwoInstancesOfEachServiceAndLeavesNoneEvenWhenItIsKilled() {
    try (var up = RunningUp.start(data, "--processes", "--instances=2")) {
      assertThat(up.program().output()).contains("weather-manager").contains("2 instances");
      assertThat(up.get(up.gatewayPort(), "/v1/worlds/veridian/weather").body())
          .contains("\"nextChange\"");
      List<ProcessHandle> children = up.program().descendants();

      up.program().kill().awaitEnd();

      awaitEnd(children);
    }
  }

  @Test
  void keepsWhatWasWrittenUntilTheNextRun() {
    String path = "/v1/worlds/kept/time";
    try (var up = RunningUp.start(data)) {
      assertThat(put(up, path + "/scale", "{\"timeScale\": 7}")).isEqualTo(200);
    }
    try (var up = RunningUp.start(data)) {
      assertThat(up.get(up.gatewayPort(), path).body()).contains("\"timeScale\":7.0");
    }
  }

  private static int put(RunningUp up, String path, String json) {
    var uri = java.net.URI.create("http://127.0.0.1:" + up.gatewayPort() + path);
    var request =
        java.net.http.HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + up.operatorToken())
            .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(json))
            .build();
    return up.send(request).statusCode();
  }

  private static void awaitEnd(List<ProcessHandle> processes) {
    Await.until(
        BOUND,
        "the end of " + processes,
        () -> processes.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void namesAPortThatIsTakenItsHolderAndTheWayOut() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var up =
            Bb.run(
                Map.of("BB_DATA", data.toString()), "up", "--nats-port=" + taken.getLocalPort())) {
      assertThat(up.awaitEnd()).isEqualTo(1);
      assertThat(up.output())
          .contains("port " + taken.getLocalPort() + ", wanted for NATS, is taken by ")
          .contains("(process " + ProcessHandle.current().pid() + ")")
          .contains("--nats-port or NATS_PORT");
    }
  }

  @Test
  void saysWhichOfItsWordsItDoesNotUnderstand() {
    assertThat(refusal("up", "--proceses"))
        .contains("unknown option --proceses")
        .contains("--processes");
    assertThat(refusal("up", "--gateway-port=80000"))
        .contains("--gateway-port: \"80000\" (expected: 1 to 65535)");
    assertThat(refusal("up", "--gateway-port")).contains("--gateway-port needs a value");
    assertThat(refusal("up", "--instances=2"))
        .contains("--instances: 2 (expected: 1, or --processes as well)");
    assertThat(refusal("up", "quickly")).contains("up takes no [quickly]");
    assertThat(refusal("upp"))
        .contains(
            "unknown command \"upp\" (expected: up, demo, call, session, ticket, services, dlq,"
                + " streams, audit, backup, restore, permissions, contracts, soak, new)");
  }

  private static String refusal(String... words) {
    try (var program = Bb.run(Map.of(), words)) {
      assertThat(program.awaitEnd()).as(program.output()).isEqualTo(2);
      return program.output();
    }
  }
}
