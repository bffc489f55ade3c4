package io.bodybroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class CallAndServicesTest {
  private RunningUp up;

  @BeforeAll
  void start(@TempDir Path data) {
    up = RunningUp.start(data);
  }

  @AfterAll
  void end() {
    up.close();
  }

  @Test
  void callPrintsTheAnswerAsJson() {
    assertThat(run(0, "call", "time-manager", "GetTime", "{\"worldId\": \"veridian\"}"))
        .startsWith("{")
        .contains("\"worldId\": \"veridian\"", "\"timeScale\"")
        .endsWith("}\n");
    assertThat(run(0, "call", "time-manager", "get_time", "{\"world_id\": \"veridian\"}"))
        .contains("\"gameTime\"");
  }

  @Test
  void callPrintsWhatIsStreamedALineEach() {
    assertThat(
            run(
                0,
                "call",
                "weather-manager",
                "WatchWeather",
                "{\"worldId\": \"veridian\"}",
                "--messages=1"))
        .startsWith("{\"weather\":{\"worldId\":\"veridian\"")
        .hasLineCount(1);
    assertThat(run(1, "call", "weather-manager", "WatchWeather", "{\"worldId\": \"a b\"}"))
        .contains("INVALID_ARGUMENT")
        .contains("world_id: \"a b\"");
    assertThat(run(2, "call", "weather-manager", "WatchWeather", "{}", "--messages=0"))
        .contains("--messages: \"0\"");
  }

  @Test
  void callSaysWhatTheServiceRefused() {
    assertThat(run(1, "call", "time-manager", "GetTime", "{\"worldId\": \"a b\"}"))
        .contains("INVALID_ARGUMENT")
        .contains("world_id: \"a b\"");
  }

  @Test
  void callSaysWhatThereIsInsteadOfWhatWasMistyped() {
    assertThat(run(2, "call", "time-manger", "GetTime"))
        .contains("unknown service \"time-manger\"")
        .contains("time-manager");
    assertThat(run(2, "call", "time-manager", "GetTme"))
        .contains("unknown method \"GetTme\" of time-manager")
        .contains("GetTime");
    assertThat(run(2, "call", "time-manager", "GetTime", "{\"word\": 1}"))
        .contains("not a GetTimeRequest")
        .contains("word");
    assertThat(run(2, "call")).contains("usage: bb call");
    assertThat(run(2, "call", "time-manager", "GetTime", "{}", "--timeout=soon"))
        .contains("--timeout: \"soon\" (expected: for example 2s or 250ms)");
  }

  @Test
  void servicesListsWhoRuns() {
    assertThat(run(0, "services"))
        .contains("SERVICE", "INSTANCE", "REQUESTS")
        .contains("state-manager", "time-manager", "weather-manager");
  }

  @Test
  void saysWhereItLookedForNatsWhenThereIsNone() {
    try (var program = Bb.run(Map.of("NATS_URL", "nats://127.0.0.1:9"), "services")) {
      assertThat(program.awaitEnd()).isEqualTo(1);
      assertThat(program.output())
          .isEqualTo(
              "bb: no NATS server at [nats://127.0.0.1:9] within 5 s; is `./bb up` running?"
                  + " NATS_URL says where it is\n");
    }
  }

  private String run(int expectedStatus, String... words) {
    try (var program = Bb.run(up.environment(), words)) {
      assertThat(program.awaitEnd()).as(program.output()).isEqualTo(expectedStatus);
      return program.output();
    }
  }
}
