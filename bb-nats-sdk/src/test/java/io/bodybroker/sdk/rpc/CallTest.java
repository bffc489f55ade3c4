package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.sdk.test.v1.RelayClient;
import io.bodybroker.sdk.test.v1.RelayRequest;
import io.bodybroker.sdk.test.v1.RelayResponse;
import io.bodybroker.sdk.test.v1.RelayService;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestServers
class CallTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final NatsServer nats;

  CallTest(NatsServer nats) {
    this.nats = nats;
  }

  private static ServiceException failure(Way way, EchoClient client, CallOptions options) {
    var request = EchoRequest.newBuilder().setText("hello").build();
    return catchThrowableOfType(ServiceException.class, () -> way.echo(client, request, options));
  }

  @ParameterizedTest
  @EnumSource
  void answersWhatTheHandlerAnswers(Way way) throws Exception {
    try (var echo = RunningEcho.start(nats.url(), new TestEcho())) {
      assertThat(way.echo(echo.client(), "hello").getText()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersUnavailableAtOnceWhenNobodyListens(Way way) throws Exception {
    try (var bus = Bus.connect(RunningEcho.config(nats.url()).build())) {
      assertThat(bus.awaitConnected(BOUND)).isTrue();
      var client = EchoClient.on(bus);
      var error = failure(way, client, CallOptions.defaults());
      // The quickest of some: a machine may be busy, but a wait in the code would be in all.
      Duration quickest = BOUND;
      for (int i = 0; i < 10; i++) {
        long begin = System.nanoTime();
        failure(way, client, CallOptions.defaults());
        var took = Duration.ofNanos(System.nanoTime() - begin);
        quickest = took.compareTo(quickest) < 0 ? took : quickest;
      }

      assertThat(quickest).isLessThan(Duration.ofMillis(50));
      assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(error.origin()).isEqualTo(ErrorOrigin.CLIENT);
      assertThat(error.mayHaveExecuted()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheCallerWhatAHandlerRefuses(Way way) throws Exception {
    var refusal =
        ServiceException.builder(ErrorCode.FAILED_PRECONDITION, "the door is shut")
            .detail("door", "north")
            .build();
    try (var echo =
        RunningEcho.start(
            nats.url(),
            new TestEcho(request -> {
              throw refusal;
            }))) {
      var error = failure(way, echo.client(), CallOptions.defaults());

      assertThat(error.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
      assertThat(error.message()).isEqualTo("the door is shut");
      assertThat(error.details()).containsEntry("door", "north");
      assertThat(error.origin()).isEqualTo(ErrorOrigin.SERVER);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheCauseOfAnUnexpectedErrorToItself(Way way) throws Exception {
    var service =
        new TestEcho(request -> {
          throw new IllegalStateException("secret");
        });
    try (var echo = RunningEcho.start(nats.url(), service)) {
      var error = failure(way, echo.client(), CallOptions.defaults());

      assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL);
      assertThat(error.errorId()).isPresent();
      assertThat(error.message()).doesNotContain("secret").contains(error.errorId().orElseThrow());
      assertThat(service.handled()).as("not tried again").isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @SuppressWarnings("NullAway") // a handler's mistake
  void answersInternalForAHandlerThatReturnsNull(Way way) throws Exception {
    try (var echo = RunningEcho.start(nats.url(), new TestEcho(request -> null))) {
      assertThat(failure(way, echo.client(), CallOptions.defaults()).code())
          .isEqualTo(ErrorCode.INTERNAL);
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptsAHandlerThatHangsAndTellsItsCallerInTime(Way way) throws Exception {
    var interrupted = new CountDownLatch(1);
    var service =
        new TestEcho(request -> {
          try {
            new CountDownLatch(1).await();
            return EchoResponse.getDefaultInstance();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw new IllegalStateException(e);
          }
        });
    try (var echo = RunningEcho.start(nats.url(), service)) {
      long begin = System.nanoTime();
      var error = failure(way, echo.client(), CallOptions.timeout(Duration.ofMillis(300)));

      assertThat(error.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
      assertThat(error.mayHaveExecuted()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
      assertThat(interrupted.await(BOUND.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
          .isTrue();
      Await.until(BOUND, "the slot to be free again", () -> echo.host().inFlight() == 0);
    }
  }

  @Test
  void refusesAtOnceWhatIsOverTheLimit() throws Exception {
    var gate = new CountDownLatch(1);
    var service =
        new TestEcho(request -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return EchoResponse.getDefaultInstance();
        });
    try (var echo =
        RunningEcho.start(
            nats.url(),
            context -> context.serve(service),
            config -> config.serveMaxConcurrency(2))) {
      List<CompletableFuture<EchoResponse>> taken = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        taken.add(echo.client().echoAsync(EchoRequest.getDefaultInstance()));
      }
      Await.until(BOUND, "both at work", () -> echo.host().inFlight() == 2);

      var error = failure(Way.BLOCKING, echo.client(), CallOptions.defaults());

      assertThat(error.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
      assertThat(error.mayHaveExecuted()).isFalse();
      gate.countDown();
      taken.forEach(CompletableFuture::join);
      assertThat(Way.BLOCKING.echo(echo.client(), "again")).isNotNull();
    }
  }

  @Test
  void passesOnWhoAsksAndHowMuchTimeIsLeft() throws Exception {
    RelayModule module = new RelayModule();
    try (var echo = RunningEcho.start(nats.url(), module, config -> config)) {
      var options =
          CallOptions.timeout(Duration.ofSeconds(10))
              .withMetadata(
                  CallMetadata.builder().requestId("r-1").user("ada").tenant("north").build());
      var request =
          RelayRequest.newBuilder().setRequest(EchoRequest.newBuilder().setText("hi")).build();

      EchoResponse seen = RelayClient.on(echo.bus()).relay(request, options).getResponse();

      assertThat(seen.getText()).isEqualTo("hi");
      assertThat(seen.getRequestId()).isEqualTo("r-1");
      assertThat(seen.getUser()).isEqualTo("ada");
      assertThat(seen.getTenant()).isEqualTo("north");
      // The relay asked for a minute, but no more than its own caller's time is passed on.
      assertThat(seen.getRemaining().getSeconds()).isBetween(1L, 9L);
    }
  }

  private static final class RelayModule implements io.bodybroker.sdk.host.ServiceModule {
    @Override
    public void configure(io.bodybroker.sdk.host.ServiceContext context) {
      context.serve(new TestEcho());
      var echo = EchoClient.on(context.caller());
      context.serve(
          new RelayService() {
            @Override
            public RelayResponse relay(RelayRequest request, CallContext call) {
              var answer =
                  echo.echo(request.getRequest(), CallOptions.timeout(Duration.ofMinutes(1)));
              return RelayResponse.newBuilder().setResponse(answer).build();
            }
          });
    }
  }

  @Test
  void neverRunsARequestItsCallerGaveUpDuringAnOutage() throws Exception {
    var service = new TestEcho();
    try (var server = NatsServer.start();
        var echo = RunningEcho.start(server.url(), service)) {
      Way.BLOCKING.echo(echo.client(), "before");
      server.kill();
      Await.until(
          BOUND,
          "calls to fail at once",
          () ->
              failure(Way.BLOCKING, echo.client(), CallOptions.timeout(Duration.ofMillis(200)))
                      .code()
                  == ErrorCode.UNAVAILABLE);
      int before = service.handled();
      for (int i = 0; i < 20; i++) {
        var error = failure(Way.BLOCKING, echo.client(), CallOptions.defaults());
        assertThat(error.mayHaveExecuted()).isFalse();
      }

      server.restart();
      var isBack = new AtomicBoolean();
      Await.until(
          BOUND,
          "a call to succeed again",
          () -> {
            try {
              isBack.set(Way.BLOCKING.echo(echo.client(), "after").getText().equals("after"));
            } catch (ServiceException e) {
              assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            }
            return isBack.get();
          });

      assertThat(service.handled()).as("only the call that succeeded").isEqualTo(before + 1);
    }
  }
}
