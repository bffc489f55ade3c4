package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.ActRequest;
import io.bodybroker.sdk.test.v1.ActResponse;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
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
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
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

  private Bus bus(int attempts) throws InterruptedException {
    var config = RunningEcho.config(nats.url()).breakerMinimumCalls(100_000).callAttempts(attempts);
    var bus = Bus.connect(config.build());
    assertThat(bus.awaitConnected(BOUND)).isTrue();
    return bus;
  }

  private static List<CompletableFuture<EchoResponse>> echo(EchoClient client, String name) {
    return Stream.generate(() -> EchoRequest.newBuilder().setText(name).build())
        .limit(CALLERS)
        .map(request -> client.echoAsync(request, CallOptions.timeout(WAIT)))
        .toList();
  }

  private static ErrorCode failure(CompletableFuture<EchoResponse> answer) {
    return answer
        .handle(
            (done, failure) -> failure instanceof ServiceException e ? e.code() : ErrorCode.UNKNOWN)
        .join();
  }

  @Test
  void isNotDoneWhenNatsStoodStill() throws Exception {
    Queue<String> handled = new ConcurrentLinkedQueue<>();
    var service =
        new TestEcho(request -> {
          handled.add(request.getText());
          return EchoResponse.getDefaultInstance();
        });
    // Each is sent once, so that what is handled says which were.
    try (var running = RunningEcho.start(nats.url(), service);
        var bus = bus(1)) {
      assertThat(running.host().isReady()).isTrue();
      var client = EchoClient.on(bus);
      client.echo(EchoRequest.newBuilder().setText("before").build(), CallOptions.timeout(BOUND));

      nats.pause();
      assertThat(echo(client, "late").stream().map(LateRequestTest::failure))
          .hasSize(CALLERS)
          .containsOnly(ErrorCode.DEADLINE_EXCEEDED);
      long gaveUp = System.nanoTime();
      // Lateness is known but for the shortest way seen, which was long if this machine was busy.
      Await.until(BOUND, "all to be well late", () -> System.nanoTime() - gaveUp > WAIT.toNanos());
      nats.resume();

      // It comes over the same connection as the late ones, and so after them.
      client.echo(EchoRequest.newBuilder().setText("after").build(), CallOptions.timeout(BOUND));
      assertThat(handled).containsExactly("before", "after");
    }
  }

  @Test
  void isTriedAgainUnderANewClockWhenTheServerHasReckonedWrong() throws Exception {
    var clocks = new ArrayList<String>();
    try (Connection raw = Nats.connect(nats.url());
        var bus = bus(3)) {
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

      assertThat(ask(raw, "bb0-5", 1_000)).as("the first of a clock").isEmpty();
      assertThat(ask(raw, "bb0-3", 1_000)).as("2 s late").isEqualTo("503");
      assertThat(ask(raw, "bb0-3", 60_000)).as("2 s late, and waited for").isEmpty();
      assertThat(ask(raw, "bb1-3", 1_000)).as("another clock").isEmpty();
      assertThat(ask(raw, "bb1-Yesterday", 1_000)).as("not a stamp").isEmpty();
    }
  }

  /**
   * Asks with an address that says when the request was sent, with seconds for its microseconds.
   * Returns the error's number, empty if it was answered well.
   */
  private static String ask(Connection raw, String word, int timeoutMillis) throws Exception {
    String[] parts = word.split("-", -1);
    String sent =
        parts[1].matches("\\d+")
            ? Long.toString(Long.parseLong(parts[1]) * 1_000_000, Character.MAX_RADIX)
            : parts[1];
    String address = "_INBOX.late." + parts[0] + "-" + sent;
    var replies = raw.subscribe(address);
    var headers = new Headers().put("Bb-Timeout-Ms", Integer.toString(timeoutMillis));
    raw.publish("svc.echo.v1.echo", address, headers, new byte[0]);
    Message reply = Objects.requireNonNull(replies.nextMessage(BOUND), "no answer");
    replies.unsubscribe();
    String error = WireHeaders.first(reply, "Nats-Service-Error-Code");
    return error == null ? "" : error;
  }
}
