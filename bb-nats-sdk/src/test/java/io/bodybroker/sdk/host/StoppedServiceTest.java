package io.bodybroker.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.JavaProgram;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A service whose process stands still, as one does that is starved or moved. */
@TestServers
class StoppedServiceTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Map<String, String> LOCAL =
      Map.of("HEALTH_HOST", "127.0.0.1", "HEALTH_PORT", "0");

  @Test
  void doesNotDoWhatItsCallersGaveUpMeanwhile(NatsServer nats) throws Exception {
    var config =
        BusConfig.builder().natsUrls(List.of(nats.url())).breakerMinimumCalls(100_000).build();
    var environment = new java.util.HashMap<>(LOCAL);
    environment.put("NATS_URL", nats.url());
    try (var service = JavaProgram.start(SlowEchoApp.class, environment);
        var bus = Bus.connect(config)) {
      var client = EchoClient.on(bus);
      Await.until(BOUND, "the first answer", () -> echo(client, "before") != null);

      service.pause();
      var late =
          IntStream.range(0, 100)
              .mapToObj(i ->
                  client.echoAsync(
                      EchoRequest.newBuilder().setText("late").build(),
                      CallOptions.timeout(Duration.ofMillis(300))))
              .toList();
      late.forEach(answer ->
          assertThat(
                  catchThrowableOfType(
                      java.util.concurrent.CompletionException.class, answer::join))
              .hasCauseInstanceOf(ServiceException.class));
      long gaveUp = System.nanoTime();
      // Lateness is known but for the shortest way seen, which was long if this machine was busy.
      Await.until(BOUND, "all to be well late", () -> System.nanoTime() - gaveUp > 500_000_000);
      service.resume();

      // What comes over the same connection comes after the late ones.
      Await.until(BOUND, "an answer again", () -> echo(client, "after") != null);
      service.awaitOutput("begun after");
      assertThat(service.output()).contains("begun before").doesNotContain("begun late");
    }
  }

  private static Object echo(EchoClient client, String text) {
    return client.echo(EchoRequest.newBuilder().setText(text).build());
  }
}
