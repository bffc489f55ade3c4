package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import io.bodybroker.sdk.test.v1.CountRequest;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoContract;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.sdk.test.v1.FeedContract;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What an asynchronous call promises beside its answer, which {@link CallTest} asks of both ways.
 */
@TestServers(jetStream = false)
class AsyncCallTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final CallOptions LONG = CallOptions.timeout(Duration.ofMinutes(1));
  private static final String CALLED = "rpc_client_call_duration_seconds_count";

  private final NatsServer nats;
  private final CountDownLatch gate = new CountDownLatch(1);

  AsyncCallTest(NatsServer nats) {
    this.nats = nats;
  }

  private ObservedEcho start(RpcService service, UnaryOperator<BusConfig.Builder> settings)
      throws InterruptedException {
    var config = settings.apply(RunningEcho.config(nats.url())).build();
    return new ObservedEcho(config, context -> context.serve(service));
  }

  private static EchoRequest text(String text) {
    return EchoRequest.newBuilder().setText(text).build();
  }

  private EchoResponse whenOpen(EchoRequest request) {
    if (request.getText().equals("wait")) {
      awaitUninterruptibly(gate);
    }
    return EchoResponse.newBuilder().setText(request.getText()).build();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void givesItsPlaceUpWhenItIsCancelled() throws Exception {
    try (var echo = start(new TestEcho(this::whenOpen), config -> config.callMaxConcurrency(1))) {
      var client = EchoClient.on(echo.bus);
      var waiting = client.echoAsync(text("wait"), LONG);
      assertThatThrownBy(() -> client.echo(text("refused")))
          .isInstanceOfSatisfying(
              ServiceException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));

      assertThat(waiting.cancel(true)).isTrue();

      Await.until(
          BOUND, "the end to be told", () -> echo.called().sum(CALLED, "code", "CANCELLED") == 1);
      assertThat(client.echo(text("next"), LONG).getText()).isEqualTo("next");
      gate.countDown();
    }
  }

  @Test
  void isNotTriedAgainOnceItIsCancelled() throws Exception {
    var service =
        new TestEcho(request -> {
          throw ServiceException.builder(ErrorCode.UNAVAILABLE, "not now")
              .mayHaveExecuted(false)
              .build();
        });
    UnaryOperator<BusConfig.Builder> patient =
        config -> config.callBackoffMin(Duration.ofSeconds(30)).callBackoffMax(BOUND.plus(BOUND));
    try (var echo = start(service, patient)) {
      var call = EchoClient.on(echo.bus).echoAsync(text("a"), LONG);
      Await.until(
          BOUND,
          "a pause before the second attempt",
          () -> echo.called().sum("rpc_client_retries_total") == 1);

      assertThat(call.cancel(true)).isTrue();

      Await.until(
          BOUND, "the end to be told", () -> echo.called().sum(CALLED, "code", "CANCELLED") == 1);
      assertThat(service.handled()).isEqualTo(1);
    }
  }

  @Test
  void isTriedAgainLikeAnyOther() throws Exception {
    var failures = new CountDownLatch(2);
    var service =
        new TestEcho(request -> {
          if (failures.getCount() > 0) {
            failures.countDown();
            throw ServiceException.builder(ErrorCode.UNAVAILABLE, "not now")
                .mayHaveExecuted(false)
                .build();
          }
          return EchoResponse.newBuilder().setText("at last").build();
        });
    try (var echo = start(service, config -> config.callBackoffMin(Duration.ofMillis(1)))) {
      var answer = EchoClient.on(echo.bus).echoAsync(text("a"), LONG).join();

      assertThat(answer.getText()).isEqualTo("at last");
      assertThat(service.handled()).isEqualTo(3);
      assertThat(echo.called().sum(CALLED, "code", "OK")).isEqualTo(1);
      assertThat(echo.called().sum("rpc_client_attempts_total")).isEqualTo(3);
    }
  }

  private static void assertTimeIsUp(CompletableFuture<?> call) {
    assertThatThrownBy(() -> call.get(BOUND.toSeconds(), TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
  }

  @Test
  void lastsNoLongerThanItsTime() throws Exception {
    try (var echo = start(new TestEcho(this::whenOpen), config -> config)) {
      var client = EchoClient.on(echo.bus);
      List<CompletableFuture<EchoResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        calls.add(client.echoAsync(text("wait"), CallOptions.timeout(Duration.ofMillis(50))));
      }

      calls.forEach(AsyncCallTest::assertTimeIsUp);
      gate.countDown();
    }
  }

  @Test
  void endsInTimeAlsoWhenNobodyHasWaitedForLong() throws Exception {
    try (var echo = start(new TestEcho(this::whenOpen), config -> config)) {
      var config = RunningEcho.config(nats.url()).build();
      var connection = echo.bus.connections().connection(ConnectionRole.CALL);
      var requests = new Requests(connection, StreamPace.of(config));
      for (int i = 0; i < 2; i++) {
        assertTimeIsUp(waiting(requests));
        Await.until(BOUND, "nobody to look", () -> !requests.deadlines().isLooking());
      }
      gate.countDown();
    }
  }

  /**
   * A request that is not answered in its 50 milliseconds. The service is told of more, or it might
   * be the first to say that time is up.
   */
  private static CompletableFuture<io.nats.client.Message> waiting(Requests requests) {
    var timeout = Duration.ofMillis(50);
    var headers = new CallHeaders(new RpcTelemetry(OpenTelemetry.noop()));
    var over = new CompletableFuture<io.nats.client.Message>();
    requests.begin(
        EchoContract.ECHO,
        headers.of(CallMetadata.empty(), Context.root(), BOUND),
        text("wait").toByteArray(),
        timeout,
        reply -> {
          try {
            over.complete(reply.reply());
          } catch (ServiceException e) {
            over.completeExceptionally(e);
          }
        });
    return over;
  }

  /** jnats gives up without a word what an interrupted thread sends. */
  @Test
  void isSentByAThreadThatIsInterrupted() throws Exception {
    try (var echo = start(new TestEcho(this::whenOpen), config -> config)) {
      CompletableFuture<EchoResponse> call;
      boolean isStillInterrupted;
      Thread.currentThread().interrupt();
      try {
        call = EchoClient.on(echo.bus).echoAsync(text("a"), LONG);
      } finally {
        isStillInterrupted = Thread.interrupted();
      }

      assertThat(call.get(BOUND.toSeconds(), TimeUnit.SECONDS).getText()).isEqualTo("a");
      assertThat(isStillInterrupted).isTrue();
    }
  }

  @Test
  void endsWithItsConnection() throws Exception {
    try (var server = NatsServer.start();
        var echo = RunningEcho.start(server.url(), new TestEcho(this::whenOpen))) {
      var call = echo.client().echoAsync(text("wait"), LONG);
      Await.until(BOUND, "it to be at work", () -> echo.host().inFlight() == 1);

      server.kill();

      assertThatThrownBy(() -> call.get(BOUND.toSeconds(), TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              ServiceException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                assertThat(e.mayHaveExecuted()).isTrue();
              });
      gate.countDown();
      server.restart(); // what was begun can end
    }
  }

  @Test
  void holdsUpNoOtherWhereWhatFollowsItBlocks() throws Exception {
    try (var echo = start(new TestEcho(this::whenOpen), config -> config)) {
      var client = EchoClient.on(echo.bus);
      var blocked = new CountDownLatch(20);
      List<CompletableFuture<Void>> following = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        following.add(
            client
                .echoAsync(text("wait"), LONG)
                .thenAccept(answer -> {
                  blocked.countDown();
                  awaitUninterruptibly(blocked); // each until all others are here
                }));
      }
      gate.countDown();

      CompletableFuture.allOf(following.toArray(CompletableFuture[]::new))
          .get(BOUND.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Test
  void goesOnInTheContextOfItsCaller() throws Exception {
    ContextKey<String> key = ContextKey.named("who");
    try (var echo = start(new TestEcho(this::whenOpen), config -> config)) {
      CompletableFuture<String> seen;
      try (var scope = Context.current().with(key, "ada").makeCurrent()) {
        assertThat(scope).isNotNull();
        seen =
            EchoClient.on(echo.bus)
                .echoAsync(text("wait"), LONG)
                .thenApply(answer ->
                    Context.current().get(key)
                        + " on a virtual thread: "
                        + Thread.currentThread().isVirtual());
      }
      gate.countDown();

      assertThat(seen.get(BOUND.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo("ada on a virtual thread: true");
    }
  }

  @Test
  void failsForAMethodThatStreams() throws Exception {
    try (var bus = Bus.connect(RunningEcho.config(nats.url()).build())) {
      var call =
          bus.callAsync(
              FeedContract.COUNT, CountRequest.getDefaultInstance(), CallOptions.defaults());

      assertThatThrownBy(call::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(IllegalArgumentException.class);
    }
  }
}
