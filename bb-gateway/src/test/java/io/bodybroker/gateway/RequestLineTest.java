package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.NatsServer;
import io.nats.client.Nats;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Paths and queries: what is wrong with them is said, and nothing of them gets into a subject. */
class RequestLineTest extends WithLibrary {
  private static final Duration BOUND = Duration.ofSeconds(10);

  static List<String> malformed() {
    return List.of(
        "GET /v1/books/% HTTP/1.1",
        "GET /v1/books/%4 HTTP/1.1",
        "GET /v1/books/%zz HTTP/1.1",
        "GET /v1/books/%FF HTTP/1.1",
        "GET /v1/books/%C0%AE HTTP/1.1",
        "GET /v1/books/%00 HTTP/1.1",
        "GET /v1/books/a%0Ab HTTP/1.1",
        "GET /v1/books/a|b HTTP/1.1",
        "GET /v1/books/> HTTP/1.1",
        "GET /v1/books/.. HTTP/1.1",
        "GET /v1/books/. HTTP/1.1",
        "GET /v1/books/%2e%2E HTTP/1.1",
        "GET /v1/shelves/../books/b HTTP/1.1",
        "GET /v1/books/a b HTTP/1.1",
        "GET /v1/books/b?shelfId=%f HTTP/1.1",
        "GET /v1/books/b?shelfId=%FF HTTP/1.1",
        "GET /v1/books/b?%=1 HTTP/1.1",
        "GET http://x/v1/books/b HTTP/1.1",
        "GET v1/books/b HTTP/1.1",
        "G{T /v1/books/b HTTP/1.1",
        "\u0001 /v1/books/b HTTP/1.1",
        "nonsense");
  }

  /** Well-formed, but no id: the contract's own rule for the field. */
  static List<String> strangeIds() {
    return List.of(
        "a.b", "*", "a*", "%3E", "svc.%3E", "a%20b", "a%2Fb", "a%2fb", "%24SRV", "%C3%A4");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void answers400ForAMalformedRequestLine(String line) throws Exception {
    String response = RawHttp.send(running.gateway.port(), line);

    assertThat(response).startsWith("HTTP/1.1 400");
    assertThat(response).contains("Content-Type: application/problem+json");
    assertThat(Json.text(body(response), "status")).isEqualTo("400");
    assertThat(Json.text(body(response), "requestId")).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("strangeIds")
  void answers400ForASegmentThatIsNoId(String segment) throws Exception {
    String response =
        RawHttp.send(running.gateway.port(), "GET /v1/books/" + segment + " HTTP/1.1");

    assertThat(response).startsWith("HTTP/1.1 400");
    assertThat(Json.text(body(response), "fieldViolations.0.field")).isEqualTo("book_id");
    assertThat(Json.text(body(response), "fieldViolations.0.expected")).contains("letters");
  }

  @Test
  void sendsNothingForAMalformedRequestLine(NatsServer nats) throws Exception {
    assertThat(subjectsSeenDuring(nats, malformed())).isEmpty();
  }

  @Test
  void putsNothingOfAPathIntoASubject(NatsServer nats) throws Exception {
    List<String> lines =
        strangeIds().stream().map(id -> "GET /v1/books/" + id + " HTTP/1.1").toList();

    assertThat(subjectsSeenDuring(nats, lines))
        .hasSize(2 * lines.size())
        .allSatisfy(subject ->
            assertThat(subject).matches("svc\\.library\\.v1\\.get_book|_INBOX\\.[\\w.-]+"));
  }

  private static List<String> subjectsSeenDuring(NatsServer nats, List<String> lines)
      throws Exception {
    try (var spy = Nats.connect(nats.url())) {
      var everything = spy.subscribe(">");
      spy.flush(BOUND);
      for (String line : lines) {
        RawHttp.send(running.gateway.port(), line);
      }
      spy.publish("end", null);
      var subjects = new ArrayList<String>();
      for (var seen = everything.nextMessage(BOUND);
          !seen.getSubject().equals("end");
          seen = everything.nextMessage(BOUND)) {
        subjects.add(seen.getSubject());
      }
      return subjects;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          /v1/books/b?nope=1                           ~ nope       ~ 1       ~ a field of GetBookRequest: bookId, shelfId
          /v1/books/b?bookId=c                         ~ bookId     ~ c       ~ nothing, the path has it
          /v1/books/b?shelfId=1&shelfId=2              ~ shelfId    ~ 1, 2    ~ one value
          /v1/shelves/s/books?pageSize=ten             ~ page_size  ~ "ten"   ~ a whole number from -2147483648 to 2147483647
          /v1/shelves/s/books?pageSize=3000000000      ~ page_size  ~ "3000000000" ~ a whole number from -2147483648 to 2147483647
          /v1/shelves/s/books?pageSize=                ~ page_size  ~ ""      ~ a whole number from -2147483648 to 2147483647
          /v1/shelves/s/books?pageSize=101             ~ page_size  ~ 101     ~ 0 to 100
          /v1/shelves/s/books?genres=FICTION&genres=X  ~ genres     ~ "X"     ~ one of GENRE_UNSPECIFIED, FICTION, SCIENCE
          /v1/shelves/s/books?filter=1                 ~ filter     ~ 1       ~ a field that a text can stand for, or one within it
          /v1/shelves/s/books?filter.printedAfter=now  ~ filter.printed_after ~ "now" ~ a time such as "2026-01-31T12:00:00Z"
          """)
  void namesTheParameterItsValueAndWhatWouldBeRight(
      String path, String field, String value, String expected) throws Exception {
    HttpResponse<String> response = running.get(path);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    Json.assertText(response, "code", "INVALID_ARGUMENT");
    Json.assertText(response, "fieldViolations.0.field", field);
    Json.assertText(response, "fieldViolations.0.value", value);
    Json.assertText(response, "fieldViolations.0.expected", expected);
  }

  @Test
  void answers414ForARequestLineWithoutEnd() throws Exception {
    String line = "GET /v1/books/" + "x".repeat(9000) + " HTTP/1.1";

    assertThat(RawHttp.send(running.gateway.port(), line)).startsWith("HTTP/1.1 414");
  }

  @Test
  void answers400ForHeadersWithoutEnd() throws Exception {
    String line = "GET /v1/books/b HTTP/1.1\r\nX-Long: " + "x".repeat(17_000);

    assertThat(RawHttp.send(running.gateway.port(), line))
        .startsWith("HTTP/1.1 400")
        .contains("headers are over the limit of 16384 bytes");
  }

  @Test
  void answers505ForHttp10() throws Exception {
    assertThat(RawHttp.send(running.gateway.port(), "GET /v1/books/b HTTP/1.0"))
        .startsWith("HTTP/1.1 505");
  }

  private static String body(String response) {
    byte[] body =
        response.substring(response.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    return new String(body, StandardCharsets.UTF_8);
  }
}
