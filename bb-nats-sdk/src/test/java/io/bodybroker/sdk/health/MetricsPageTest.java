package io.bodybroker.sdk.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.resilience.BreakerState;
import io.bodybroker.sdk.telemetry.Operation;
import io.bodybroker.sdk.telemetry.ResilienceMeters;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every metric that {@code docs/operate.md} lists is there, with the labels it lists. */
class MetricsPageTest {
  private static final TextMapGetter<Map<String, String>> NOTHING =
      new TextMapGetter<>() {
        @Override
        @SuppressWarnings("deprecation") // still abstract in the version that users may have
        public Iterable<String> keys(Map<String, String> carrier) {
          return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
          return null;
        }
      };

  private static void causeEach() {
    var telemetry = new RpcTelemetry(OpenTelemetry.noop());
    var operation = new Operation("test.v1.Metrics", "Cause");
    telemetry.clientCall(operation).succeed();
    telemetry
        .serverCall(operation, Map.of(), NOTHING)
        .fail(ServiceException.of(ErrorCode.ABORTED, "no"));
    var resilience = new ResilienceMeters();
    resilience.retrying("metrics", ErrorCode.UNAVAILABLE);
    resilience.budgetSpent("metrics");
    resilience.refusedByBreaker("metrics");
    resilience.refusedByBulkhead("metrics");
    resilience.breakerChanged("metrics", BreakerState.CLOSED, BreakerState.OPEN, "a test");
  }

  @Test
  void listsWhatIsThere() throws Exception {
    causeEach();
    List<String> metrics = metrics().lines().toList();

    List<String[]> rows =
        Files.readAllLines(Path.of("..", "docs", "operate.md")).stream()
            .filter(line -> line.startsWith("| `rpc_"))
            .map(line -> line.split("\\s*\\|\\s*", -1))
            .toList();
    assertThat(rows).hasSizeGreaterThan(4);
    for (String[] row : rows) {
      String name = row[1].replace("`", "");
      List<String> labels = Arrays.asList(row[2].replace("`", "").split(", ", -1));
      assertThat(metrics)
          .as(name)
          .anySatisfy(line -> {
            assertThat(line).startsWith(name);
            assertThat(labels).allMatch(label -> line.contains(label + "=\""));
          });
    }
  }

  private static String metrics() throws Exception {
    var config = BusConfig.builder().healthHost("127.0.0.1").healthPort(0).build();
    var server = HealthServer.start(config, new HealthChecks());
    try (var http = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + server.port() + "/metrics");
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } finally {
      server.close();
    }
  }
}
