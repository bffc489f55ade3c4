package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams of messages over HTTP, as events and as lines. */
@TestServers(jetStream = false)
class StreamingTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String EVENTS = "text/event-stream";
  private static final String LINES = "application/x-ndjson";

  private RunningGateway running;

  @BeforeEach
  void start(NatsServer nats) {
    running = start(nats, settings().build());
  }

  private static RunningGateway start(NatsServer nats, GatewayConfig settings) {
    return RunningGateway.start(nats.url(), gateway -> gateway.config(settings)).serve();
  }

  private static GatewayConfig.Builder settings() {
    return RunningGateway.settings().stallTimeout(Duration.ofSeconds(1)).maxStreams(3);
  }

  @AfterEach
  void stop() throws Exception {
    running.close();
  }

  @Test
  void sendsEachMessageAsAnEventWithItsPosition() throws Exception {
    var response = running.get("/v1/books/b/pages?pages=3", "Accept", EVENTS);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(EVENTS);
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
    assertThat(response.body())
        .isEqualTo(
            """
            retry: 1000

            id: 1
            data: {"number":1,"text":""}

            id: 2
            data: {"number":2,"text":""}

            id: 3
            data: {"number":3,"text":""}

            event: end
            data:

            """);
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-ndjson",
    "*/*",
    "'text/event-stream;q=0.5, application/x-ndjson'",
    "'text/html, */*;q=0.8'"
  })
  void sendsEachMessageAsALine(String accept) throws Exception {
    var response = running.get("/v1/books/b/pages?pages=2", "Accept", accept);

    assertThat(response.headers().firstValue("Content-Type")).contains(LINES);
    assertThat(response.body())
        .isEqualTo(
            """
            {"message":{"number":1,"text":""}}
            {"message":{"number":2,"text":""}}
            """);
  }

  @Test
  void sendsTheOneFieldThatTheRouteNames() throws Exception {
    try (var stream = open("/v1/books/b/loans", LINES)) {
      assertThat(stream.line()).isEqualTo("{\"message\":\"begin\"}");
      running.library.loans.add("to grace");
      assertThat(stream.line()).isEqualTo("{\"message\":\"to grace\"}");
    }
  }

  @ParameterizedTest
  @CsvSource({"application/json", "text/html", "text/event-stream;q=0"})
  void refusesAnyOtherForm(String accept) throws Exception {
    var response = running.get("/v1/books/b/pages?pages=2", "Accept", accept);

    assertThat(response.statusCode()).isEqualTo(406);
    assertThat(response.body()).contains("text/event-stream or application/x-ndjson");
    assertThat(running.library.written.get()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, 404",
    "PERMISSION_DENIED, 403",
    "FAILED_PRECONDITION, 412",
    "broken, 500"
  })
  void answersAnErrorThatComesFirstWithItsStatus(String book, int status) throws Exception {
    for (String form : List.of(EVENTS, LINES)) {
      var response = running.get("/v1/books/" + book + "/pages?pages=0", "Accept", form);

      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/problem+json");
      assertThat(response.body()).doesNotContain(TestLibrary.SECRET);
    }
  }

  @Test
  void endsWithTheProblemWhenAnErrorComesLater() throws Exception {
    var events = running.get("/v1/books/ABORTED/pages?pages=1", "Accept", EVENTS);
    var lines = running.get("/v1/books/ABORTED/pages?pages=1", "Accept", LINES);

    assertThat(events.statusCode()).isEqualTo(200);
    assertThat(events.body()).contains("id: 1\n").contains("event: problem\ndata: {");
    assertThat(events.body()).doesNotContain("event: end");
    String problem = lines.body().lines().toList().getLast();
    assertThat(Json.text(problem, "problem.code")).isEqualTo("ABORTED");
    assertThat(Json.text(problem, "problem.details.book")).isEqualTo("ABORTED");
    assertThat(Json.text(problem, "problem.requestId")).isNotEmpty();
  }

  @Test
  void goesOnAfterTheLastEventThatTheClientHas() throws Exception {
    var response =
        running.get("/v1/books/b/pages?pages=9&after=2", "Accept", EVENTS, "Last-Event-ID", "7");

    assertThat(response.body()).contains("id: 8\n", "id: 9\n").doesNotContain("id: 3\n", "id: 7\n");
  }

  @Test
  void refusesAPositionThatIsNone() throws Exception {
    var response = running.get("/v1/books/b/pages", "Accept", EVENTS, "Last-Event-ID", "x7");
    var other = running.get("/v1/books/b/loans", "Accept", EVENTS, "Last-Event-ID", "7");

    assertThat(response.statusCode()).isEqualTo(400);
    Json.assertText(response, "fieldViolations.0.field", "Last-Event-ID");
    Json.assertText(response, "fieldViolations.0.value", "x7");
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).contains("cannot be resumed");
  }

  @Test
  void keepsASilentStreamAliveInEitherForm(NatsServer nats) throws Exception {
    running.close();
    running = start(nats, settings().streamKeepAlive(Duration.ofMillis(100)).build());
    try (var events = open("/v1/books/b/loans", EVENTS)) {
      for (String expected : List.of("retry: 1000", "", "data: \"begin\"", "", ":", "", ":", "")) {
        assertThat(events.line()).isEqualTo(expected);
      }
    }
    try (var lines = open("/v1/books/b/loans", LINES)) {
      for (String expected : List.of("{\"message\":\"begin\"}", "", "")) {
        assertThat(lines.line()).isEqualTo(expected);
      }
    }
  }

  @Test
  void doesNotLookCompleteToAClientThatIsCutOff() throws Exception {
    try (var connection = new RawHttp(running.gateway.port())) {
      connection.request("GET /v1/books/b/pages?length=10000", "Accept: " + LINES);
      Await.until(BOUND, "a client that reads nothing to be left", () -> stalled());

      assertThat(connection.rest()).doesNotEndWith("\r\n0\r\n\r\n");
    }
  }

  private boolean stalled() {
    return running.library.written.get() > 0 && !isStreaming();
  }

  @Test
  void stopsTheWriterOfAClientThatIsGone() throws Exception {
    for (String form : List.of(EVENTS, LINES)) {
      var stream = open("/v1/books/b/loans", form);
      Await.until(BOUND, "the stream", () -> running.library.streaming.get() == 1);
      long gone = System.nanoTime();
      stream.close();
      Await.until(BOUND, "its end", () -> running.library.streaming.get() == 0);
      assertThat(Duration.ofNanos(System.nanoTime() - gone)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void writesNoFasterThanTheClientReads() throws Exception {
    try (var connection = new RawHttp(running.gateway.port())) {
      connection.request("GET /v1/books/b/pages?length=10000", "Accept: " + LINES);
      connection.headResponse();
      Await.until(BOUND, "the writer to begin", () -> running.library.written.get() > 0);
      var pages = new Settled(running.library.written::get);
      Await.until(BOUND, "the writer to wait", pages::isSo);
      assertThat(running.library.written.get()).isLessThan(5_000);
      Await.until(BOUND, "a client that reads nothing to be left", () -> !isStreaming());
    }
  }

  /** Whether a count has stayed as it is for a while, by looking at it again and again. */
  private static final class Settled {
    private static final Duration WHILE = Duration.ofMillis(100);

    private final LongSupplier count;
    private long seen = -1;
    private long sinceNanos;

    Settled(LongSupplier count) {
      this.count = count;
    }

    boolean isSo() {
      long now = count.getAsLong();
      if (now != seen) {
        seen = now;
        sinceNanos = System.nanoTime();
      }
      return System.nanoTime() - sinceNanos >= WHILE.toNanos();
    }
  }

  private boolean isStreaming() {
    return running.library.streaming.get() > 0;
  }

  @Test
  void opensNoMoreThanTheLimitAndAgainWhenOneHasEnded() throws Exception {
    List<Lines> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      open.add(open("/v1/books/b/loans", LINES));
    }

    var refused = running.get("/v1/books/b/loans", "Accept", LINES);

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("10");
    open.removeFirst().close();
    Await.until(
        BOUND,
        "room for another",
        () -> running.get("/v1/books/b/pages?pages=1", "Accept", LINES).statusCode() == 200);
    for (Lines stream : open) {
      stream.close();
    }
  }

  @Test
  void answersTheHeadOfAStreamAlone() throws Exception {
    HttpResponse<String> response =
        running.send("HEAD", "/v1/books/b/pages?pages=2", "", "Accept", EVENTS);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(EVENTS);
    Await.until(BOUND, "its end", () -> !isStreaming());
  }

  @Test
  void tellsClientsToComeBackWhenItStops() throws Exception {
    try (var stream = open("/v1/books/b/loans", LINES)) {
      assertThat(stream.line()).contains("begin");
      Thread.ofVirtual().start(running.gateway::close);
      String line = stream.line();
      while (line.isEmpty()) {
        line = stream.line();
      }
      assertThat(Json.text(line, "problem.status")).isEqualTo("503");
      assertThat(stream.reader.readLine()).isNull();
    }
  }

  private Lines open(String path, String accept) throws Exception {
    return new Lines(
        running.open(
            running.request(path, "Accept", accept).build(), BodyHandlers.ofInputStream()));
  }

  /** A stream as it comes. */
  private static final class Lines implements AutoCloseable {
    private final BufferedReader reader;

    Lines(HttpResponse<java.io.InputStream> response) {
      assertThat(response.statusCode()).isEqualTo(200);
      reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    String line() throws Exception {
      return reader.readLine();
    }

    @Override
    public void close() throws Exception {
      reader.close();
    }
  }
}
