package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bodybroker.sdk.deadletter.DeadLetter;
import io.bodybroker.sdk.deadletter.DeadLetterFilter;
import io.bodybroker.sdk.deadletter.QueuedLetter;
import io.bodybroker.sdk.deadletter.Redrive;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.PrometheusText;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TestServers(scope = TestServers.Scope.METHOD)
class RequestDeadLetterTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Duration FLOOD_BOUND = Duration.ofMinutes(1);
  private static final String SUBJECT = "svc.echo.v1.echo";
  private static final byte[] RUBBISH = {(byte) 0xff, 0x00, 0x0d, 0x0a, 0x7f};
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final Redrive AT_ONCE = new Redrive(0, false);

  private final NatsServer nats;
  private Connection caller;
  private volatile boolean isBroken = true;

  RequestDeadLetterTest(NatsServer nats) {
    this.nats = nats;
  }

  @BeforeEach
  void connect() throws Exception {
    caller = Nats.connect(nats.url());
  }

  @AfterEach
  void close() throws Exception {
    caller.close();
  }

  private EchoResponse behave(EchoRequest request) {
    if (!isBroken) {
      return EchoResponse.newBuilder().setText(request.getText()).build();
    }
    throw switch (request.getText()) {
      case "missing" -> ServiceException.of(ErrorCode.NOT_FOUND, "there is no such thing");
      default -> new IllegalStateException("the secret is 42");
    };
  }

  private RunningEcho serve() throws InterruptedException {
    return serve(nats.url());
  }

  private RunningEcho serve(String url) throws InterruptedException {
    return RunningEcho.start(
        url,
        context -> context.serve(new TestEcho(this::behave)),
        config ->
            config
                .name("echo-test")
                .instance("echo-test-1")
                .eventPublishTimeout(Duration.ofMillis(300)));
  }

  private static byte[] request(String text) {
    return EchoRequest.newBuilder().setText(text).build().toByteArray();
  }

  private Message ask(Headers headers, byte[] payload) throws Exception {
    return caller
        .requestWithTimeout(SUBJECT, headers, payload, BOUND)
        .get(BOUND.toSeconds(), TimeUnit.SECONDS);
  }

  private static List<QueuedLetter> letters(RunningEcho echo) {
    var letters = new ArrayList<QueuedLetter>();
    echo.bus().deadLetters().forEach(DeadLetterFilter.all(), letters::add);
    return letters;
  }

  private static List<QueuedLetter> awaitLetters(RunningEcho echo, int count) {
    return Await.untilSeen(
        BOUND, count + " letters", () -> letters(echo), letters -> letters.size() >= count);
  }

  private static PrometheusText metrics(RunningEcho echo) {
    return PrometheusText.parse(echo.host().bus().metrics().text());
  }

  private static double dropped(RunningEcho echo, String reason) {
    return metrics(echo).sum("dead_letters_dropped_total", "service", "echo", "reason", reason);
  }

  @Test
  void keepsAnUndecodableRequestByteForByteWithAllThatIsKnownOfIt() throws Exception {
    try (var echo = serve()) {
      var headers = new Headers().put("traceparent", TRACE).put("Bb-Request-Id", "req-1");

      Message reply = ask(headers, RUBBISH);

      assertThat(reply.getHeaders().getFirst("Nats-Service-Error-Code")).isEqualTo("400");
      QueuedLetter queued = awaitLetters(echo, 1).getFirst();
      DeadLetter letter = queued.letter();
      assertThat(letter.payload()).isEqualTo(ByteString.copyFrom(RUBBISH));
      assertThat(letter.origin())
          .isEqualTo(new DeadLetter.Origin.Request(SUBJECT, "echo", "req-1"));
      assertThat(letter.service()).isEqualTo("echo");
      assertThat(letter.instance()).isEqualTo("echo-test-1");
      assertThat(letter.attempts()).isEqualTo(1);
      assertThat(letter.redrives()).isZero();
      assertThat(letter.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
      assertThat(letter.message())
          .startsWith("payload of 5 bytes is not a bodybroker.sdk.test.v1.EchoRequest")
          .contains("InvalidProtocolBufferException");
      assertThat(letter.headers())
          .containsEntry("traceparent", TRACE)
          .containsEntry("Bb-Request-Id", "req-1");
      assertThat(metrics(echo).sum("dead_letters_total", "service", "echo", "work", "echo"))
          .isEqualTo(1);
    }
  }

  @Test
  void keepsTheCauseOfAnInternalErrorUnderTheIdThatItsCallerKnows() throws Exception {
    try (var echo = serve()) {
      ServiceException told = catchError(echo);

      DeadLetter letter = awaitLetters(echo, 1).getFirst().letter();
      assertThat(letter.code()).isEqualTo(ErrorCode.INTERNAL);
      assertThat(letter.message())
          .contains(told.errorId().orElseThrow())
          .contains("IllegalStateException: the secret is 42");
      assertThat(told.getMessage()).doesNotContain("secret");
      assertThat(letter.payload()).isEqualTo(ByteString.copyFrom(request("broken")));
    }
  }

  private static ServiceException catchError(RunningEcho echo) {
    try {
      echo.client()
          .echo(EchoRequest.newBuilder().setText("broken").build(), CallOptions.timeout(BOUND));
      throw new AssertionError("answered (expected: INTERNAL)");
    } catch (ServiceException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL);
      return e;
    }
  }

  @Test
  void keepsOneLetterOfEachFailureUnderOneRequestId() throws Exception {
    try (var echo = serve()) {
      var headers = new Headers().put("Bb-Request-Id", "req-1");
      for (int i = 0; i < 3; i++) {
        ask(headers, request("broken"));
      }

      awaitLetters(echo, 3);
    }
  }

  @Test
  void keepsWhateverFailsThatNobodyWaitsFor() throws Exception {
    try (var echo = serve()) {
      caller.publish(SUBJECT, request("missing"));
      ask(new Headers(), request("missing")); // its caller knows, so it is no dead letter
      caller.publish(SUBJECT, new Headers().put("Bb-Timeout-Ms", "0"), request("late"));

      List<QueuedLetter> letters = awaitLetters(echo, 2);
      assertThat(letters)
          .extracting(queued -> queued.letter().code())
          .containsExactlyInAnyOrder(ErrorCode.NOT_FOUND, ErrorCode.DEADLINE_EXCEEDED);
      assertThat(letters)
          .extracting(queued -> queued.letter().payload())
          .containsExactlyInAnyOrder(
              ByteString.copyFrom(request("missing")), ByteString.copyFrom(request("late")));
      isBroken = false;
      caller.publish(SUBJECT, request("missing"));
      ask(new Headers(), request("fence"));
      assertThat(letters(echo)).hasSize(2);
    }
  }

  @Test
  void keepsFewOfAFloodOfRubbishAndCountsTheOthers() throws Exception {
    int flood = 3_000;
    try (var echo = serve()) {
      List<CompletableFuture<Message>> answers = new ArrayList<>();
      long begun = System.nanoTime();
      for (int i = 0; i < flood; i++) {
        answers.add(caller.requestWithTimeout(SUBJECT, null, RUBBISH, FLOOD_BOUND));
      }
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
          .get(FLOOD_BOUND.toSeconds(), TimeUnit.SECONDS);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + 1;
      // Another kind of failure has an allowance of its own.
      ask(new Headers(), request("broken"));

      awaitInternal(echo);
      double dropped = dropped(echo, "rate");
      assertThat(letters(echo)).hasSizeBetween(2, (int) (10 + seconds + 1));
      long undecodable = answers.stream().filter(answer -> isBadRequest(answer.join())).count();
      assertThat(undecodable).as("that were not refused as too many").isGreaterThan(flood / 10);
      assertThat((long) dropped + letters(echo).size() - 1).isEqualTo(undecodable);
    }
  }

  private static boolean isBadRequest(Message answer) {
    return "400".equals(answer.getHeaders().getFirst("Nats-Service-Error-Code"));
  }

  private static void awaitInternal(RunningEcho echo) {
    Await.until(
        BOUND,
        "the internal failure",
        () ->
            letters(echo).stream()
                .anyMatch(queued -> queued.letter().code() == ErrorCode.INTERNAL));
  }

  @Test
  void leavesTheOtherHalfOfTheQueueToEvents() throws Exception {
    var management = caller.jetStreamManagement();
    management.addStream(
        StreamConfiguration.builder()
            .name("DLQ")
            .subjects("dlq.>")
            .storageType(StorageType.File)
            .maxBytes(100_000)
            .build());
    caller.jetStream().publish("dlq.other.work", new byte[60_000]);
    try (var echo = serve()) {
      ask(new Headers(), RUBBISH);

      Await.until(BOUND, "the drop", () -> dropped(echo, "half-full") == 1);
      assertThat(management.getStreamInfo("DLQ").getStreamState().getMsgCount()).isEqualTo(1);
    }
  }

  @Test
  void answersAtOnceAndEndsInTimeWhenThereIsNoJetStream() throws Exception {
    try (var plain = NatsServer.builder().jetStream(false).start();
        var asking = Nats.connect(plain.url())) {
      var config =
          RunningEcho.config(plain.url())
              .eventPublishTimeout(Duration.ofMillis(300))
              .drainTimeout(Duration.ofSeconds(20))
              .build();
      var host =
          io.bodybroker.sdk.host.ServiceHost.start(
              context -> context.serve(new TestEcho(this::behave)), config);
      Message reply = null;
      for (int i = 0; i < 20; i++) {
        reply =
            Await.untilSeen(
                BOUND,
                "an answer",
                () ->
                    asking
                        .requestWithTimeout(SUBJECT, null, RUBBISH, Duration.ofSeconds(2))
                        .get(2, TimeUnit.SECONDS),
                answer -> !answer.isStatusMessage());
      }
      assertThat(Objects.requireNonNull(reply).getHeaders().getFirst("Nats-Service-Error-Code"))
          .isEqualTo("400");
      long begun = System.nanoTime();
      host.close();

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
      PrometheusText metrics = PrometheusText.parse(host.bus().metrics().text());
      assertThat(metrics.sum("dead_letters_dropped_total", "service", "echo", "reason", "ended"))
          .isPositive();
    }
  }

  @Test
  void hasBroughtWhatFailedWhenItHasDrained() throws Exception {
    int requests = 200;
    try (var echo = serve()) {
      awaitReachable(echo);
      for (int i = 0; i < requests; i++) {
        caller.publish(SUBJECT, request("missing"));
      }
      caller.flush(BOUND);
      echo.host().close();

      assertThat(awaitLetters(echo, requests)).hasSize(requests);
    }
  }

  private void awaitReachable(RunningEcho echo) throws Exception {
    ask(new Headers(), request("missing"));
    assertThat(echo.host().isReady()).isTrue();
  }

  @Test
  void comesBackWithItsCountAndUnderOneKeyUntilItIsAnswered() throws Exception {
    try (var echo = serve();
        var spy = Nats.connect(nats.url())) {
      var seen = new CopyOnWriteArrayList<Message>();
      var unused = spy.createDispatcher(seen::add).subscribe(SUBJECT);
      spy.flush(BOUND);
      catchError(echo);
      awaitLetters(echo, 1);
      var outcomes = new ArrayList<Redrive.Outcome>();

      redrive(echo, outcomes);

      assertThat(outcomes).hasSize(1);
      assertThat(outcomes.getFirst())
          .isInstanceOfSatisfying(
              Redrive.Outcome.Kept.class, kept -> assertThat(kept.why()).startsWith("INTERNAL"));
      List<QueuedLetter> kept = letters(echo);
      assertThat(kept).hasSize(1);
      assertThat(kept.getFirst().letter().redrives()).isEqualTo(1);
      assertThat(kept.getFirst().letter().attempts()).isEqualTo(2);

      isBroken = false;
      redrive(echo, outcomes);

      assertThat(outcomes.getLast()).isEqualTo(new Redrive.Outcome.Redriven());
      assertThat(letters(echo)).isEmpty();
      Await.until(BOUND, "three requests", () -> seen.size() == 3);
      assertThat(seen)
          .extracting(message -> message.getHeaders().getFirst("Bb-Redrives"))
          .containsExactly(null, "1", "2");
      assertThat(seen)
          .allSatisfy(message -> assertThat(message.getData()).isEqualTo(request("broken")));
      assertThat(key(seen.get(1))).isNotEmpty().isEqualTo(key(seen.get(2)));
    }
  }

  private static String key(Message message) {
    return Objects.requireNonNull(message.getHeaders().getFirst("Bb-Idempotency-Key"));
  }

  private static void redrive(RunningEcho echo, List<Redrive.Outcome> outcomes) {
    echo.bus()
        .deadLetters()
        .redrive(DeadLetterFilter.all(), AT_ONCE, (letter, outcome) -> outcomes.add(outcome));
  }

  @Test
  void redrivesARequestThatNobodyWaitedForAndHearsWhatBecameOfIt() throws Exception {
    try (var echo = serve()) {
      caller.publish(SUBJECT, request("missing"));
      awaitLetters(echo, 1);
      var outcomes = new ArrayList<Redrive.Outcome>();

      redrive(echo, outcomes);
      assertThat(outcomes.getFirst()).isInstanceOf(Redrive.Outcome.Kept.class);
      isBroken = false;
      redrive(echo, outcomes);

      assertThat(outcomes.getLast()).isEqualTo(new Redrive.Outcome.Redriven());
      assertThat(letters(echo)).isEmpty();
    }
  }

  @Test
  void keepsALetterWhoseServiceIsNotThere() throws Exception {
    try (var echo = serve()) {
      ask(new Headers(), RUBBISH);
      awaitLetters(echo, 1);
      echo.host().close();
      var outcomes = new ArrayList<Redrive.Outcome>();

      redrive(echo, outcomes);

      assertThat(outcomes).containsExactly(new Redrive.Outcome.Kept("nobody serves " + SUBJECT));
      assertThat(letters(echo)).hasSize(1);
    }
  }
}
