package io.bodybroker.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Nats;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services and servers that are away, late or mad. */
@TestServers(jetStream = false)
class OutageTest {
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private RunningGateway running;

  @BeforeEach
  void start(NatsServer nats) {
    running =
        RunningGateway.start(
            nats.url(),
            gateway -> gateway.config(RunningGateway.settings().callTimeout(PATIENCE).build()));
  }

  @AfterEach
  void stop() throws Exception {
    running.close();
  }

  @Test
  void answersUnavailableAtOnceWhenNobodyListens(NatsServer nats) throws Exception {
    running.awaitConnected();
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long begin = System.nanoTime();
      HttpResponse<String> response = running.get("/v1/books/b");
      fastest = Math.min(fastest, System.nanoTime() - begin);

      assertUnavailable(response, nats);
    }
    assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofMillis(50));
  }

  @Test
  void answersUnavailableWhileNatsIsDown(NatsServer nats) throws Exception {
    running.serve();
    nats.kill();

    assertUnavailable(running.get("/v1/books/b"), nats);

    nats.restart();
    Await.until(BOUND, "a book", () -> running.get("/v1/books/b").statusCode() == 200);
  }

  private static void assertUnavailable(HttpResponse<String> response, NatsServer nats) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("5");
    Json.assertText(response, "code", "UNAVAILABLE");
    Json.assertText(response, "detail", "library cannot be reached now");
    assertThat(response.body())
        .doesNotContain("svc.", "nats", String.valueOf(nats.port()), "Exception");
  }

  @Test
  void answersDeadlineExceededWhenTheServiceIsLate() throws Exception {
    running.serve();
    long begin = System.nanoTime();

    HttpResponse<String> response = running.get("/v1/books/slow");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(504);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE.plusMillis(1500));
    Json.assertText(response, "code", "DEADLINE_EXCEEDED");
    Json.assertText(
        response, "detail", "library did not answer in time; the work may have been done");
  }

  @Test
  void answersBadGatewayWhenTheServiceAnswersGarbage(NatsServer nats) throws Exception {
    try (var mad = Nats.connect(nats.url())) {
      var replies =
          mad.createDispatcher(
              call -> mad.publish(call.getReplyTo(), "no protobuf".getBytes(UTF_8)));
      replies.subscribe("svc.library.v1.get_book");
      mad.flush(BOUND);
      running.awaitConnected();

      HttpResponse<String> response = running.get("/v1/books/b");

      assertThat(response.statusCode()).as(response.body()).isEqualTo(502);
      Json.assertText(response, "code", "INTERNAL");
      Json.assertText(response, "detail", "library gave an answer that could not be understood");
    }
  }

  @Test
  void tellsThatAnAnswerIsTooLongForNats() throws Exception {
    running.serve();

    HttpResponse<String> response = running.get("/v1/files/" + TestLibrary.HUGE);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(500);
    Json.assertText(response, "code", "INTERNAL");
    assertThat(Json.text(response.body(), "detail")).contains("(expected: at most 1048576)");
  }

  @Test
  void tellsThatARequestIsTooLongForNats() throws Exception {
    running.serve();
    String text = "x".repeat(1024 * 1024 - 2);

    HttpResponse<String> response = running.json("POST", "/v1/echo/text", '"' + text + '"');

    assertThat(response.statusCode()).as(response.body()).isEqualTo(413);
    Json.assertText(
        response, "detail", "The request is longer than what can be passed on to a service");
  }
}
