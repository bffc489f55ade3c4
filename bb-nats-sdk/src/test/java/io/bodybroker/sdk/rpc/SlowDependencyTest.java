package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.ActRequest;
import io.bodybroker.sdk.test.v1.ActResponse;
import io.bodybroker.sdk.test.v1.CountRequest;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.FeedClient;
import io.bodybroker.sdk.test.v1.RelayClient;
import io.bodybroker.sdk.test.v1.RelayRequest;
import io.bodybroker.sdk.test.v1.RelayResponse;
import io.bodybroker.sdk.test.v1.RelayService;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What each part of a call's resilience does for callers of a dependency that takes requests and
 * answers none.
 */
@TestServers
class SlowDependencyTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final NatsServer nats;
  private final Queue<Message> asked = new ConcurrentLinkedQueue<>();
  private volatile boolean isWell;
  private Connection dependency;

  SlowDependencyTest(NatsServer nats) {
    this.nats = nats;
  }

  @BeforeEach
  void serve() throws Exception {
    dependency = Nats.connect(nats.url());
    dependency
        .createDispatcher(request -> {
          asked.add(request);
          if (isWell) {
            dependency.publish(
                request.getReplyTo(), ActResponse.getDefaultInstance().toByteArray());
          }
        })
        .subscribe("svc.echo.v1.*");
    dependency.flush(BOUND);
  }

  @AfterEach
  void stop() throws Exception {
    dependency.close();
  }

  private Bus bus(UnaryOperator<BusConfig.Builder> settings) throws InterruptedException {
    var bus = Bus.connect(settings.apply(RunningEcho.config(nats.url())).build());
    assertThat(bus.awaitConnected(BOUND)).isTrue();
    return bus;
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Test
  void aDeadlineFreesItsCallersThreadAndGoesOnToTheDependency() throws Exception {
    try (var running =
        RunningEcho.start(
            nats.url(),
            context -> {
              var echo = EchoClient.on(context.caller());
              context.serve(relay(request -> echo.echo(request.getRequest(), LONG)));
            },
            config -> config)) {
      long begin = System.nanoTime();
      var request = RelayRequest.newBuilder().setRequest(EchoRequest.getDefaultInstance()).build();
      var error =
          catchThrowableOfType(
              ServiceException.class,
              () ->
                  RelayClient.on(running.bus())
                      .relay(request, CallOptions.timeout(Duration.ofMillis(400))));

      assertThat(error.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
      assertThat(since(begin)).isLessThan(Duration.ofMillis(400).plus(AT_ONCE));
      Await.until(AT_ONCE, "the relay to be free", () -> running.host().inFlight() == 0);
      assertThat(asked)
          .isNotEmpty()
          .allSatisfy(message ->
              assertThat(WireHeaders.readTimeout(message, Duration.ZERO))
                  .as("passed on, though the relay asked for a minute")
                  .isLessThanOrEqualTo(Duration.ofMillis(400)));
    }
  }

  private static final CallOptions LONG = CallOptions.timeout(Duration.ofMinutes(1));

  /** What a relay does with a request. */
  private interface Asking {
    void ask(RelayRequest request);
  }

  private static RelayService relay(Asking asking) {
    return (request, call) -> {
      asking.ask(request);
      return RelayResponse.getDefaultInstance();
    };
  }

  @Test
  void aBulkheadBoundsTheCallsToItAndLeavesOthersAlone() throws Exception {
    try (var running = RunningEcho.start(nats.url(), new TestFeed());
        var bus = bus(config -> config.callMaxConcurrency(10))) {
      assertThat(running.host().isReady()).isTrue();
      List<CompletableFuture<ActResponse>> held =
          IntStream.range(0, 10).mapToObj(i -> EchoClient.on(bus).actAsync(act(), LONG)).toList();
      Await.until(BOUND, "ten to be under way", () -> asked.size() == 10);

      long begin = System.nanoTime();
      for (int i = 0; i < 40; i++) {
        var error =
            catchThrowableOfType(ServiceException.class, () -> EchoClient.on(bus).act(act(), LONG));
        assertThat(error.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
      }
      for (int i = 0; i < 40; i++) {
        try (var stream = FeedClient.on(bus).count(CountRequest.newBuilder().setTo(1).build())) {
          assertThat(stream.next()).isPresent();
        }
      }

      assertThat(since(begin)).as("40 refusals and 40 calls to another").isLessThan(BOUND);
      assertThat(asked).as("what reached the dependency").hasSize(10);
      assertThat(held).noneMatch(CompletableFuture::isDone);
      held.forEach(call -> call.cancel(true));
    }
  }

  private static ActRequest act() {
    return ActRequest.newBuilder().setAction("a").build();
  }

  @Test
  void aBreakerSparesBothUntilTheDependencyIsWellAgain() throws Exception {
    try (var bus =
        bus(config -> config.breakerMinimumCalls(20).breakerOpen(Duration.ofMillis(500)))) {
      var client = EchoClient.on(bus);
      var quick = CallOptions.timeout(Duration.ofMillis(100));
      var slow = IntStream.range(0, 20).mapToObj(i -> client.actAsync(act(), quick)).toList();
      slow.forEach(call -> assertThat(call.handle((answer, error) -> error).join()).isNotNull());

      int before = asked.size();
      long begin = System.nanoTime();
      var refusal = catchThrowableOfType(ServiceException.class, () -> client.act(act(), LONG));
      assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(refusal.message()).contains("circuit breaker");
      assertThat(since(begin)).isLessThan(AT_ONCE);
      assertThat(asked).as("asked while it is open").hasSize(before);

      isWell = true;
      Await.until(BOUND, "a probe to be answered", () -> client.act(act(), LONG).getCount() == 0);
      for (int i = 0; i < 50; i++) {
        assertThat(client.act(act(), LONG)).isNotNull();
      }
    }
  }
}
