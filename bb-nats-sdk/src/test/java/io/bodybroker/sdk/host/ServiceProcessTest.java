package io.bodybroker.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.testkit.JavaProgram;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service as operators run it: a process with an environment, signals and an exit status. */
@TestServers
class ServiceProcessTest {
  private static final java.time.Duration BOUND = java.time.Duration.ofSeconds(20);
  private static final Map<String, String> LOCAL =
      Map.of("HEALTH_HOST", "127.0.0.1", "HEALTH_PORT", "0");

  private static JavaProgram launch(Map<String, String> environment, String... arguments) {
    var all = new HashMap<>(LOCAL);
    all.putAll(environment);
    return JavaProgram.start(SlowEchoApp.class, all, arguments);
  }

  @Test
  void finishesWhatIsInFlightAtSigtermAndEndsWithStatus0(NatsServer nats) throws Exception {
    var config = BusConfig.builder().natsUrls(List.of(nats.url())).build();
    try (var service = launch(Map.of("NATS_URL", nats.url()));
        var bus = Bus.connect(config)) {
      service.awaitOutput("/serve went from DOWN to UP");
      assertThat(bus.awaitConnected(BOUND)).isTrue();
      io.bodybroker.testkit.Await.until(
          BOUND,
          "the service to be found",
          () -> !bus.discovery().findAll(java.time.Duration.ofMillis(100)).isEmpty());
      var answer =
          EchoClient.on(bus)
              .echoAsync(
                  EchoRequest.newBuilder()
                      .setText("late")
                      .setDelay(Duration.newBuilder().setNanos(800_000_000))
                      .build());
      service.awaitOutput("begun late");

      int status = service.terminate().awaitEnd();

      assertThat(answer.join().getText()).isEqualTo("late");
      assertThat(status).as(service.output()).isZero();
      // All of it, to the last line, as JSON.
      assertThat(service.output().lines())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).matches("\\{\"time\":\".*\",\"level\":.*}"))
          .anySatisfy(line -> assertThat(line).contains("with 1 calls in flight"))
          .anySatisfy(line -> assertThat(line).contains("\"to\":\"DRAINED\""));
    }
  }

  @Test
  void endsWithStatus1WhenItsDrainIsCutOff(NatsServer nats) throws Exception {
    var config = BusConfig.builder().natsUrls(List.of(nats.url())).build();
    try (var service = launch(Map.of("NATS_URL", nats.url(), "DRAIN_TIMEOUT", "50ms"));
        var bus = Bus.connect(config)) {
      service.awaitOutput("from NOT_READY to READY");
      assertThat(bus.awaitConnected(BOUND)).isTrue();
      var unanswered =
          EchoClient.on(bus)
              .echoAsync(
                  EchoRequest.newBuilder()
                      .setText("too late")
                      .setDelay(Duration.newBuilder().setSeconds(60))
                      .build(),
                  CallOptions.timeout(java.time.Duration.ofSeconds(60)));
      service.awaitOutput("begun too late");

      int status = service.terminate().awaitEnd();

      assertThat(status).as(service.output()).isEqualTo(1);
      assertThat(service.output()).contains("\"to\":\"CUT_OFF\"");
      unanswered.cancel(true);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          NATS_URL          ~ foo      ~ NATS_URL: "foo" (expected: nats://host:port
          NATS_URL          ~ http://h ~ NATS_URL: "http://h" (expected: nats://host:port
          HEALTH_PORT       ~ 65536    ~ HEALTH_PORT: "65536" (expected: 0 to 65535)
          CALL_TIMEOUT      ~ 2        ~ CALL_TIMEOUT: "2" (expected: 1ms to 5m)
          CALL_TIMEOUTT     ~ 2s       ~ CALL_TIMEOUTT: unknown (did you mean CALL_TIMEOUT?)
          STORE_REPLICAS    ~ 2        ~ STORE_REPLICAS: "2" (expected: 0, 1, 3 or 5)
          """)
  void endsWithStatus2NamingKeyValueAndWhatWouldBeRight(String key, String value, String message) {
    try (var service = launch(Map.of(key, value))) {
      assertThat(service.awaitEnd()).as(service.output()).isEqualTo(2);
      assertThat(service.output()).contains(message).doesNotContain("\tat ");
    }
  }

  @Test
  void refusesArguments() {
    try (var service = launch(Map.of(), "--port=1")) {
      assertThat(service.awaitEnd()).isEqualTo(2);
      assertThat(service.output()).contains("--port=1", "settings come from the environment");
    }
  }
}
