package io.bodybroker.sdk.rpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.ActRequest;
import io.bodybroker.sdk.test.v1.ActResponse;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What nobody waits for any more is not done, wherever it was held up. */
@TestServers
class LateRequestTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final int CALLERS = 1_000;

  private final NatsServer nats;

  LateRequestTest(NatsServer nats) {
    this.nats = nats;
  }

  private Bus bus() throws InterruptedException {
    var bus = Bus.connect(RunningEcho.config(nats.url()).breakerMinimumCalls(100_000).build());
    assertThat(bus.awaitConnected(BOUND)).isTrue();
    return bus;
  }

  /** Not repeatable, so that each is sent once. */
  private static List<CompletableFuture<ActResponse>> act(EchoClient client, String name) {
    var answers = new ArrayList<CompletableFuture<ActResponse>>();
    for (int i = 0; i < CALLERS; i++) {
      var request = ActRequest.newBuilder().setAction(name + "-" + i).build();
      answers.add(client.actAsync(request, CallOptions.timeout(WAIT)));
    }
    return answers;
  }

  /** Waits until all have given up, as a caller of something that stands still does. */
  private static void expectNoAnswer(List<CompletableFuture<ActResponse>> answers) {
    for (CompletableFuture<ActResponse> answer : answers) {
      var error = answer.handle((done, failure) -> failure).orTimeout(20, SECONDS).join();
      assertThat(error)
          .isInstanceOfSatisfying(
              ServiceException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
    }
  }

  @Test
  void isNotDoneWhenNatsStoodStill() throws Exception {
    var echo = new TestEcho();
    try (var running = RunningEcho.start(nats.url(), echo);
        var bus = bus()) {
      var client = EchoClient.on(bus);
      act(client, "before").forEach(CompletableFuture::join);
      int before = echo.handled();
      assertThat(running.host().isReady()).isTrue();

      nats.pause();
      expectNoAnswer(act(client, "late"));
      nats.resume();

      // It comes over the same connection as the late ones, and so after them.
      Await.until(BOUND, "a call to be answered", () -> isAnswered(client));
      assertThat(echo.handled()).as("handled, the last one included").isEqualTo(before + 1);
    }
  }

  private static boolean isAnswered(EchoClient client) {
    return !Way.BLOCKING.echo(client, "on time").getText().isEmpty();
  }

  @Test
  void isTriedAgainUnderANewClockWhenTheServerHasReckonedWrong() throws Exception {
    var clocks = new ArrayList<String>();
    try (Connection raw = Nats.connect(nats.url());
        var bus = bus()) {
      raw.createDispatcher(request -> answerOnceLate(raw, request, clocks))
          .subscribe("svc.echo.v1.act");
      raw.flush(BOUND);

      var answer =
          EchoClient.on(bus)
              .act(ActRequest.newBuilder().setAction("a").build(), CallOptions.timeout(BOUND));

      assertThat(answer.getCount()).isEqualTo(2);
      assertThat(clocks).hasSize(2).doesNotHaveDuplicates();
    }
  }

  private static void answerOnceLate(Connection raw, Message request, List<String> clocks) {
    SentAt sent = SentAt.read(request).orElseThrow();
    clocks.add(sent.clock());
    if (clocks.size() == 1) {
      var refusal = LateRequest.refusal(sent, Duration.ofHours(1), BOUND);
      raw.publish(request.getReplyTo(), ErrorReply.headers(refusal), ErrorReply.body(refusal));
    } else {
      raw.publish(request.getReplyTo(), ActResponse.newBuilder().setCount(2).build().toByteArray());
    }
  }

  @Test
  void isKnownByTheClockOfItsCallerAlone() throws Exception {
    try (var running = RunningEcho.start(nats.url(), new TestEcho());
        Connection raw = Nats.connect(nats.url())) {
      assertThat(running.host().isReady()).isTrue();

      assertThat(ask(raw, "one 5000000", 1_000)).as("the first of a clock").isEmpty();
      assertThat(ask(raw, "one 3000000", 1_000)).as("2 s late").isEqualTo("503");
      assertThat(ask(raw, "one 3000000", 60_000)).as("2 s late, and waited for").isEmpty();
      assertThat(ask(raw, "two 3000000", 1_000)).as("another clock").isEmpty();
      assertThat(ask(raw, "yesterday", 1_000)).as("not a stamp").isEmpty();
    }
  }

  /** Returns the error's number, empty if it was answered well. */
  private static String ask(Connection raw, String sent, int timeoutMillis) throws Exception {
    var headers =
        new Headers().put("Bb-Sent-Us", sent).put("Bb-Timeout-Ms", Integer.toString(timeoutMillis));
    Message reply =
        Objects.requireNonNull(
            raw.request("svc.echo.v1.echo", headers, new byte[0], BOUND), "no answer");
    String error = WireHeaders.first(reply, "Nats-Service-Error-Code");
    return error == null ? "" : error;
  }
}
