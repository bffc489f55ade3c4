package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.metrics.Histogram;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoContract;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.sdk.test.v1.RelayClient;
import io.bodybroker.sdk.test.v1.RelayRequest;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.PrometheusText;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes from outside, the labels of metrics come from contracts and closed lists: their
 * values are known before, and so is how many series there can be.
 */
@TestServers
class ClosedLabelsTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final int ROUNDS = 1_500;

  /** Every label there is, but those of one value only, and which values it may have. */
  private static final Map<String, Set<String>> CLOSED =
      Map.ofEntries(
          Map.entry("service", Set.of("echo", "relay")),
          Map.entry("version", Set.of("v1")),
          Map.entry("what", Set.of("nats.server", "redis.server")),
          Map.entry(
              "method",
              Stream.concat(
                      EchoContract.CONTRACT.methods().stream().map(RpcMethod::name),
                      Stream.of("Relay"))
                  .collect(Collectors.toSet())),
          Map.entry(
              "code",
              Stream.concat(Arrays.stream(ErrorCode.values()).map(Enum::name), Stream.of("OK"))
                  .collect(Collectors.toSet())),
          Map.entry(
              "reason",
              Set.of(
                  "overload",
                  "expired",
                  "breaker",
                  "bulkhead",
                  "retry-budget",
                  "UNAVAILABLE",
                  "DEADLINE_EXCEEDED",
                  "rate",
                  "waiting",
                  "half-full",
                  "refused",
                  "ended")),
          Map.entry("destination", Set.of("evt.echo.echoed.v1", "_OTHER")),
          Map.entry("role", Set.of("serve", "call", "store")),
          Map.entry("direction", Set.of("in", "out")),
          Map.entry(
              "condition",
              Set.of(
                  "nats-serve",
                  "nats-call",
                  "nats-store",
                  "redis",
                  "streams",
                  "subscriptions",
                  "draining")),
          Map.entry("area", Set.of("heap", "nonheap")));

  private static final Set<String> OF_ONE_VALUE = Set.of("program", "java", "work");

  private final NatsServer nats;
  private final Random random = new Random(20_261_126);

  ClosedLabelsTest(NatsServer nats) {
    this.nats = nats;
  }

  @Test
  void hostileNamesNeverBecomeSeries() throws Exception {
    var echo =
        new TestEcho(request -> {
          if (request.getText().length() % 2 == 0) {
            throw ServiceException.of(anyCode(request), "error " + request.getText());
          }
          return EchoResponse.getDefaultInstance();
        });
    var config =
        RunningEcho.config(nats.url())
            .callTimeout(Duration.ofMillis(500))
            .callBackoffMin(Duration.ofMillis(1))
            .callBackoffMax(Duration.ofMillis(2))
            .build();
    try (var running = new ObservedEcho(config, context -> context.serve(echo));
        Connection stranger = Nats.connect(nats.url())) {
      attack(stranger);
      call(running);

      for (PrometheusText page : List.of(running.served(), running.called())) {
        assertLabelsAreClosed(page);
        assertThat((long) page.samples().size()).isLessThanOrEqualTo(most(page));
      }
      assertThat(running.served().sum("rpc_server_call_duration_seconds_count"))
          .as("requests that were measured")
          .isGreaterThan(ROUNDS);
    }
  }

  private static ErrorCode anyCode(EchoRequest request) {
    ErrorCode[] codes = ErrorCode.values();
    return codes[Math.floorMod(request.getText().hashCode(), codes.length)];
  }

  /** Requests that no client of ours would send. */
  private void attack(Connection stranger) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] payload = new byte[random.nextInt(40)];
      random.nextBytes(payload);
      var headers =
          new Headers()
              .put("Bb-User", word())
              .put("Bb-Request-Id", word())
              .put("Bb-Client", word())
              .put("Bb-Timeout-Ms", random.nextInt(4) == 0 ? "0" : word())
              .put("traceparent", word());
      String subject =
          switch (random.nextInt(4)) {
            case 0 -> "svc.echo.v1." + word();
            case 1 -> "svc." + word() + ".v1.echo";
            case 2 -> "svc.echo.v1.put";
            default -> "svc.echo.v1.echo";
          };
      stranger.publish(subject, stranger.createInbox(), headers, payload);
    }
    stranger.flush(BOUND);
  }

  /** Calls and events whose texts are as random, of which some have no target. */
  private void call(ObservedEcho running) {
    var client = EchoClient.on(running.bus);
    for (int i = 0; i < ROUNDS; i++) {
      var request = EchoRequest.newBuilder().setText(word()).build();
      String user = word();
      var failure =
          catchThrowable(() ->
              client.echo(
                  request,
                  CallOptions.defaults().withMetadata(CallMetadata.builder().user(user).build())));
      if (failure != null) {
        assertThat(failure).isInstanceOf(ServiceException.class);
      }
    }
    for (int i = 0; i < 50; i++) {
      var request = RelayRequest.newBuilder().setRequest(EchoRequest.getDefaultInstance()).build();
      assertThatThrownBy(() -> RelayClient.on(running.bus).relay(request))
          .isInstanceOf(ServiceException.class);
    }
    for (int i = 0; i < ROUNDS; i++) {
      running.bus.events().publishTo("callback." + word(), Echoed.getDefaultInstance(), word());
    }
    running.bus.events().publish(Echoed.getDefaultInstance(), word());
  }

  private String word() {
    return random
        .ints(1 + random.nextInt(12), 'a', 'z' + 1)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static void assertLabelsAreClosed(PrometheusText page) {
    var strangers = new TreeSet<String>();
    for (PrometheusText.Sample sample : page.samples()) {
      sample
          .labels()
          .forEach((label, value) -> {
            boolean isKnown =
                label.equals("le")
                    || OF_ONE_VALUE.contains(label)
                    || sample.name().equals("bb_build_info")
                    || CLOSED.getOrDefault(label, Set.of()).contains(value);
            if (!isKnown) {
              strangers.add(sample.name() + " " + label + "=" + value);
            }
          });
    }
    assertThat(strangers).as("label values from outside the closed lists").isEmpty();
  }

  /** So many samples there can be, by the labels of each metric. */
  private static long most(PrometheusText page) {
    var labelsByName =
        page.samples().stream()
            .collect(
                Collectors.toMap(
                    PrometheusText.Sample::name,
                    sample -> List.copyOf(sample.labels().keySet()),
                    (one, same) -> one));
    long most = 0;
    for (List<String> labels : labelsByName.values()) {
      long product = 1;
      for (String label : labels) {
        product *=
            label.equals("le")
                ? Histogram.BOUNDARIES.size() + 1
                : CLOSED.getOrDefault(label, Set.of("one")).size();
      }
      most += product;
    }
    return most;
  }
}
