package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.CountRequest;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.sdk.test.v1.FeedClient;
import io.bodybroker.sdk.test.v1.RelayClient;
import io.bodybroker.sdk.test.v1.RelayRequest;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.PrometheusText;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the metrics of a host and of a caller tell of calls and streams. */
@TestServers(jetStream = false)
class CallMetricsTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String SERVED = "rpc_server_call_duration_seconds";
  private static final String CALLED = "rpc_client_call_duration_seconds";

  private final NatsServer nats;

  CallMetricsTest(NatsServer nats) {
    this.nats = nats;
  }

  private ObservedEcho start(RpcService service, UnaryOperator<BusConfig.Builder> settings)
      throws InterruptedException {
    var config = settings.apply(RunningEcho.config(nats.url())).build();
    return new ObservedEcho(config, context -> context.serve(service));
  }

  @Test
  void measuresCallsOnBothSidesByMethodAndCode() throws Exception {
    var refusal = ServiceException.of(ErrorCode.ABORTED, "no");
    var echo =
        new TestEcho(request -> {
          if (request.getText().isEmpty()) {
            throw refusal;
          }
          return EchoResponse.newBuilder().setText(request.getText()).build();
        });
    try (var running = start(echo, config -> config)) {
      var client = EchoClient.on(running.bus);
      client.echo(EchoRequest.newBuilder().setText("a").build());
      client.echo(EchoRequest.newBuilder().setText("b").build());
      assertThatThrownBy(() -> client.echo(EchoRequest.getDefaultInstance()))
          .isInstanceOf(ServiceException.class);

      Await.untilAsserted(
          BOUND,
          "three calls measured",
          () -> {
            for (String side : new String[] {SERVED, CALLED}) {
              PrometheusText page = side.equals(SERVED) ? running.served() : running.called();
              assertThat(count(page, side, "OK")).as(side).isEqualTo(2);
              assertThat(count(page, side, "ABORTED")).as(side).isEqualTo(1);
            }
          });
      assertThat(running.called().sum(CALLED + "_bucket", "code", "OK", "le", "30.0")).isEqualTo(2);
      assertThat(running.called().sum(CALLED + "_sum", "code", "OK")).isPositive();
      assertThat(running.called().sum("rpc_client_attempts_total", "service", "echo")).isEqualTo(3);
      assertThat(running.called().sum(SERVED + "_count")).as("of another program").isZero();
    }
  }

  private static double count(PrometheusText page, String metric, String code) {
    return page.sum(
        metric + "_count", "service", "echo", "version", "v1", "method", "Echo", "code", code);
  }

  @Test
  void showsWhatIsInFlightAndCountsWhatIsShed() throws Exception {
    var release = new Semaphore(0);
    var echo =
        new TestEcho(request -> {
          release.acquireUninterruptibly();
          return EchoResponse.getDefaultInstance();
        });
    try (var running = start(echo, config -> config.serveMaxConcurrency(2))) {
      var client = EchoClient.on(running.bus);
      var calls = new ArrayList<CompletableFuture<EchoResponse>>();
      calls.add(client.echoAsync(EchoRequest.getDefaultInstance()));
      calls.add(client.echoAsync(EchoRequest.getDefaultInstance()));
      Await.until(
          BOUND,
          "two in flight",
          () -> running.served().sum("rpc_server_calls_in_flight", "method", "Echo") == 2);

      var error =
          catchThrowableOfType(
              ServiceException.class, () -> client.echo(EchoRequest.getDefaultInstance()));

      assertThat(error.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
      PrometheusText page = running.served();
      assertThat(page.sum("rpc_server_calls_limit", "method", "Echo")).isEqualTo(2);
      assertThat(page.sum("rpc_server_refusals_total", "method", "Echo", "reason", "overload"))
          .isEqualTo(1);
      assertThat(count(page, SERVED, "RESOURCE_EXHAUSTED")).isEqualTo(1);
      release.release(2);
      calls.forEach(CompletableFuture::join);
      Await.until(
          BOUND, "none in flight", () -> running.served().sum("rpc_server_calls_in_flight") == 0);
    }
  }

  @Test
  void countsRequestsThatExpiredBeforeTheirWorkBegan() throws Exception {
    var echo = new TestEcho();
    try (var running = start(echo, config -> config);
        var raw = Nats.connect(nats.url())) {
      raw.publish("svc.echo.v1.echo", new Headers().put("Bb-Timeout-Ms", "0"), new byte[0]);

      Await.untilAsserted(
          BOUND,
          "an expired request",
          () -> {
            PrometheusText page = running.served();
            assertThat(page.sum("rpc_server_refusals_total", "reason", "expired")).isEqualTo(1);
            assertThat(count(page, SERVED, "DEADLINE_EXCEEDED")).isEqualTo(1);
          });
      assertThat(echo.handled()).isZero();
    }
  }

  @Test
  void showsTheSeriesOfATargetFromItsFirstCallOn() throws Exception {
    try (var running = start(new TestEcho(), config -> config)) {
      var error =
          catchThrowableOfType(
              ServiceException.class,
              () -> RelayClient.on(running.bus).relay(RelayRequest.getDefaultInstance()));

      assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      PrometheusText page = running.called();
      assertThat(page.samples())
          .filteredOn(sample -> "relay".equals(sample.labels().get("service")))
          .extracting(PrometheusText.Sample::name)
          .contains(
              "rpc_client_breaker_state",
              "rpc_client_refusals_total",
              "rpc_client_retries_total",
              "rpc_client_attempts_total");
    }
  }

  @Test
  void countsRetriesAndShowsAnOpenBreaker() throws Exception {
    var echo =
        new TestEcho(request -> {
          throw ServiceException.of(ErrorCode.UNAVAILABLE, "not now");
        });
    try (var running =
        start(echo, config -> config.breakerMinimumCalls(4).callBackoffMin(Duration.ofMillis(1)))) {
      var client = EchoClient.on(running.bus);
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(() -> client.echo(EchoRequest.getDefaultInstance()))
            .isInstanceOf(ServiceException.class);
      }
      PrometheusText page = running.called();
      assertThat(page.sum("rpc_client_retries_total", "reason", "UNAVAILABLE")).isPositive();
      assertThat(page.sum("rpc_client_refusals_total", "reason", "breaker")).isPositive();
      assertThat(page.sum("rpc_client_breaker_state", "service", "echo")).isEqualTo(1);
      assertThat(count(page, CALLED, "UNAVAILABLE")).isEqualTo(10);
    }
  }

  @Test
  void tellsOfStreamsWhatIsOpenSentAndStalledAndHowTheyEnd() throws Exception {
    var done = new CountDownLatch(1);
    var feed = new TestFeed("", done::await);
    try (var running = start(feed, config -> config.streamWindow(8))) {
      var client = FeedClient.on(running.bus);
      try (var stream = client.count(CountRequest.newBuilder().setTo(100).build())) {
        Await.until(BOUND, "a full window", () -> feed.sent() == 8);
        assertThat(running.served().sum("rpc_server_calls_in_flight", "method", "Count"))
            .isEqualTo(1);
        assertThat(running.called().sum("rpc_client_streams_open", "method", "Count")).isEqualTo(1);
        for (int i = 0; i < 100; i++) {
          stream.next();
        }
      }
      Await.until(
          BOUND,
          "the end of the stream",
          () ->
              running.served().sum("rpc_server_stream_ends_total", "reason", "closed-by-reader")
                  == 1);
      done.countDown();
      try (var stream = client.count(CountRequest.newBuilder().setTo(3).build())) {
        stream.forEach(message -> {});
      }
      Await.until(
          BOUND,
          "a completed stream",
          () -> running.served().sum("rpc_server_stream_ends_total", "reason", "completed") == 1);

      PrometheusText page = running.served();
      assertThat(page.sum("rpc_server_stream_messages_total", "method", "Count")).isEqualTo(103);
      assertThat(page.sum("rpc_server_stream_stalls_total", "method", "Count")).isPositive();
      assertThat(page.sum("rpc_server_stream_stall_seconds_total")).isPositive();
      assertThat(page.sum("rpc_server_stream_ends_total")).isEqualTo(2);
      Await.until(
          BOUND, "no open stream", () -> running.called().sum("rpc_client_streams_open") == 0);
    }
  }
}
