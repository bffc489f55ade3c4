package io.bodybroker.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.telemetry.LogLines;
import io.bodybroker.sdk.telemetry.StateChange;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.sdk.test.v1.RelayRequest;
import io.bodybroker.sdk.test.v1.RelayResponse;
import io.bodybroker.sdk.test.v1.RelayService;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.PrometheusText;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an operator reads of an outage: each change once, whoever failed how often meanwhile. */
@TestServers
class OutageLogTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  /** It and all that follows an outage: connections, readiness, breaker, watches. */
  private static final int MOST_LINES = 40;

  private final NatsServer nats;
  private final RedisServer redis;

  OutageLogTest(NatsServer nats, RedisServer redis) {
    this.nats = nats;
    this.redis = redis;
  }

  /** Keeps two documents, and serves one method. */
  private static final class Keeper implements ServiceModule, RelayService {
    private final AtomicReference<Store<EchoResponse>> durable = new AtomicReference<>();
    private final AtomicReference<Store<EchoResponse>> fast = new AtomicReference<>();

    private Store<EchoResponse> durable() {
      return Objects.requireNonNull(durable.get());
    }

    private Store<EchoResponse> fast() {
      return Objects.requireNonNull(fast.get());
    }

    @Override
    public void configure(ServiceContext context) {
      durable.set(context.durableStore("kept", EchoResponse.getDefaultInstance()));
      fast.set(
          context.fastStore("cached", EchoResponse.getDefaultInstance(), Duration.ofMinutes(1)));
      durable().watch("", change -> {});
      fast().watch("", change -> {});
      context.serve(this);
    }

    @Override
    public RelayResponse relay(RelayRequest request, CallContext call) {
      return RelayResponse.getDefaultInstance();
    }
  }

  @Test
  void logsEachChangeOnceHoweverManyCallsFail() throws Exception {
    var config =
        BusConfig.builder()
            .name("keeper")
            .natsUrls(List.of(nats.url()))
            .redisUrl(redis.url())
            .natsReconnectWait(Duration.ofMillis(50))
            .breakerOpen(Duration.ofMillis(300))
            .healthHost("127.0.0.1")
            .healthPort(0)
            .build();
    var keeper = new Keeper();
    try (var lines = LogLines.record();
        var host = ServiceHost.start(keeper, config);
        var bus = Bus.connect(config.toBuilder().name("caller").build())) {
      awaitReadiness(lines, List.of("READY"));
      assertThat(bus.awaitConnected(BOUND)).isTrue();
      keeper.durable().put("a", EchoResponse.getDefaultInstance());
      keeper.fast().put("a", EchoResponse.getDefaultInstance());
      int before = lines.all().size();

      nats.kill();
      redis.kill();
      awaitReadiness(lines, List.of("READY", "NOT_READY"));
      int failed = failFor(Duration.ofSeconds(2), bus, keeper);
      redis.restart();
      nats.restart();
      awaitReadiness(lines, List.of("READY", "NOT_READY", "READY"));
      assertThat(bus.awaitConnected(BOUND)).isTrue();

      assertThat(failed).isGreaterThan(500);
      List<LogRecord> since = lines.all().subList(before, lines.all().size());
      assertThat(since)
          .as(since.stream().map(OutageLogTest::text).collect(Collectors.joining("\n")))
          .hasSizeLessThan(MOST_LINES);
      for (String name : List.of("keeper/serve", "keeper/call", "keeper/store", "caller/call")) {
        assertThat(states(lines, "connection", name)).as(name).containsExactly("UP", "DOWN", "UP");
      }
      assertChained(lines);
      assertFigures(host, keeper);
    }
  }

  private static String text(LogRecord line) {
    return line.getMessage()
        + " "
        + List.of(line.getParameters() == null ? new Object[0] : line.getParameters());
  }

  /** Nobody asks for readiness here, so what is logged was noticed without a question. */
  private static void awaitReadiness(LogLines lines, List<String> states) {
    Await.untilSeen(
        BOUND, "readiness " + states, () -> states(lines, "readiness", "keeper"), states::equals);
  }

  private static List<String> states(LogLines lines, String event, String name) {
    return lines.changes().stream()
        .filter(change -> change.event().equals(event) && change.name().equals(name))
        .map(StateChange::to)
        .toList();
  }

  /** Returns how many calls and operations failed meanwhile. */
  private static int failFor(Duration time, Bus bus, Keeper keeper) {
    long end = System.nanoTime() + time.toNanos();
    int failed = 0;
    while (System.nanoTime() - end < 0) {
      assertThat(catchThrowable(() -> EchoClient.on(bus).echo(EchoRequest.getDefaultInstance())))
          .isInstanceOf(ServiceException.class);
      assertThat(catchThrowable(() -> keeper.durable().get("a")))
          .isInstanceOf(ServiceException.class);
      failed += 2;
    }
    assertThat(catchThrowable(() -> keeper.fast().get("a"))).isInstanceOf(ServiceException.class);
    return failed;
  }

  /** Of each thing, a change begins where the one before ended. */
  private static void assertChained(LogLines lines) {
    lines.changes().stream()
        .collect(Collectors.groupingBy(change -> change.event() + " " + change.name()))
        .forEach((thing, changes) -> {
          for (int i = 1; i < changes.size(); i++) {
            assertThat(changes.get(i).from()).as(thing).isEqualTo(changes.get(i - 1).to());
          }
          assertThat(changes).as(thing).allMatch(change -> !change.from().equals(change.to()));
          assertThat(changes).as(thing).noneMatch(change -> change.reason().isBlank());
        });
  }

  private static void assertFigures(ServiceHost host, Keeper keeper) {
    keeper.durable().get("a");
    PrometheusText page = PrometheusText.parse(host.bus().metrics().text());
    for (String role : List.of("serve", "call", "store")) {
      assertThat(page.sum("nats_connection_up", "role", role)).as(role).isEqualTo(1);
      assertThat(page.sum("nats_connection_reconnects_total", "role", role)).isEqualTo(1);
      assertThat(page.sum("nats_connection_down_seconds_total", "role", role)).isBetween(2.0, 60.0);
    }
    assertThat(page.sum("nats_connection_failures_total", "role", "call")).isPositive();
    assertThat(page.sum("nats_connection_bytes_total", "role", "store", "direction", "in"))
        .isPositive();
    for (String kind : List.of("durable", "fast")) {
      assertThat(page.sum("store_operation_duration_seconds_count", "kind", kind, "code", "OK"))
          .as(kind)
          .isPositive();
      assertThat(
              page.sum(
                  "store_operation_duration_seconds_count",
                  "kind",
                  kind,
                  "operation",
                  "read",
                  "code",
                  "UNAVAILABLE"))
          .as(kind)
          .isPositive();
      assertThat(page.sum("store_watches_open", "kind", kind)).as(kind).isEqualTo(1);
      assertThat(page.sum("store_watch_interruptions_total", "kind", kind)).as(kind).isPositive();
    }
    assertThat(page.sum("bb_ready")).isEqualTo(1);
    assertThat(page.sum("bb_readiness", "condition", "draining")).isEqualTo(1);
  }
}
