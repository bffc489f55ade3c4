package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.gateway.http.RawHttp;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway with a real service over a real nats-server, asked by real HTTP clients. */
@TestServers(jetStream = false)
class GatewayTest {
  private static RunningGateway running;

  @BeforeAll
  static void start(NatsServer nats) {
    running = RunningGateway.start(nats.url()).serve();
  }

  @AfterAll
  static void stop() throws Exception {
    running.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          GET    ~ /v1/shelves/s1/books/b-1     ~                         ~ {"id":"b-1","title":"Shelf s1","genre":"GENRE_UNSPECIFIED","pages":0}
          GET    ~ /v1/books/b1?shelfId=s%20%2F ~                         ~ {"id":"b1","title":"Shelf s /","genre":"GENRE_UNSPECIFIED","pages":0}
          GET    ~ /v1/shelves/s1/titles        ~                         ~ ["of s1"]
          POST   ~ /v1/shelves/s/books          ~ {"title":"E","pages":1} ~ {"id":"","title":"E","genre":"GENRE_UNSPECIFIED","pages":1}
          PUT    ~ /v1/books/b                  ~ {"book":{"pages":7}}    ~ {"id":"b","title":"","genre":"GENRE_UNSPECIFIED","pages":7}
          PATCH  ~ /v1/books/b                  ~ {"genre":2,"pages":7}   ~ {"id":"b","title":"","genre":"SCIENCE","pages":7}
          POST   ~ /v1/books/b:lend             ~                         ~ {"id":"b","title":"lent","genre":"GENRE_UNSPECIFIED","pages":0}
          DELETE ~ /v1/books/b                  ~                         ~ {"id":"b","title":"","genre":"GENRE_UNSPECIFIED","pages":0}
          GET    ~ /v1/files/a/b%2Fc            ~                         ~ {"id":"","title":"a/b%2Fc","genre":"GENRE_UNSPECIFIED","pages":0}
          POST   ~ /v1/echo/numbers             ~ [1,2]                   ~ [1,2]
          """)
  void answersEveryKindOfBinding(String method, String path, String body, String answer)
      throws Exception {
    HttpResponse<String> response = running.json(method, path, body == null ? "" : body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(answer);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void mapsEachErrorOfAServiceToItsStatus(ErrorCode code) throws Exception {
    HttpResponse<String> response = running.get("/v1/books/" + code);

    assertThat(response.statusCode()).isEqualTo(code.httpStatus(ErrorOrigin.SERVER));
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertProblem(response, "code", code.name());
    assertProblem(response, "type", "tag:bodybroker.io,2026:" + code);
    assertProblem(response, "status", String.valueOf(response.statusCode()));
    assertProblem(response, "detail", "it is " + code);
    assertProblem(response, "instance", "/v1/books/" + code);
    assertProblem(response, "details.book", code.name());
    boolean isLater = response.statusCode() == 503 || response.statusCode() == 429;
    assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(isLater);
  }

  @Test
  void tellsNothingOfWhatBrokeInsideAService() throws Exception {
    HttpResponse<String> response = running.get("/v1/books/broken");

    assertThat(response.statusCode()).isEqualTo(500);
    assertProblem(response, "code", "INTERNAL");
    assertThat(Json.text(response.body(), "errorId")).isNotEmpty();
    assertThat(response.body()).doesNotContain(TestLibrary.SECRET).doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          GET  ~ /v1/books/b?nope=1        ~                ~ nope       ~ 1       ~ a field of GetBookRequest: bookId, shelfId
          GET  ~ /v1/shelves/s/books?pageSize=ten ~         ~ page_size  ~ "ten"   ~ a whole number from -2147483648 to 2147483647
          GET  ~ /v1/shelves/s/books?pageSize=101 ~         ~ page_size  ~ 101     ~ 0 to 100
          POST ~ /v1/echo                  ~ {"nope":1}     ~ nope       ~ 1       ~
          POST ~ /v1/echo                  ~ {"small":"x"}  ~ small      ~ "x"     ~ a whole number from -2147483648 to 2147483647
          POST ~ /v1/echo                  ~ {"small":3e9}  ~ small      ~ 3e9     ~ a whole number from -2147483648 to 2147483647
          POST ~ /v1/shelves/s/books       ~ {"pages":0}    ~ book.pages ~ 0       ~ 1 to 10000
          POST ~ /v1/shelves/s/books       ~                ~ book       ~         ~ a Book
          """)
  void namesFieldValueAndWhatWouldBeRight(
      String method, String path, String body, String field, String value, String expected)
      throws Exception {
    HttpResponse<String> response = running.json(method, path, body == null ? "" : body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertProblem(response, "code", "INVALID_ARGUMENT");
    assertProblem(response, "fieldViolations.0.field", field);
    assertProblem(response, "fieldViolations.0.value", value == null ? "" : value);
    if (expected != null) {
      assertProblem(response, "fieldViolations.0.expected", expected);
    }
  }

  @Test
  void saysWhereABodyIsNoJson() throws Exception {
    HttpResponse<String> response = running.json("POST", "/v1/echo", "{\n  \"text\": \"a\",\n}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertProblem(response, "details.line", "3");
    assertProblem(response, "details.column", "1");
    assertProblem(
        response,
        "detail",
        "the body is not JSON: line 3, column 1: '}' (expected: a name in quotes)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1", "/v1/nope", "/v1/books/", "/v1/hidden", "/V1/books/b"})
  void answers404ForUnknownRoutes(String path) throws Exception {
    HttpResponse<String> response = running.get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertProblem(response, "type", "about:blank");
    assertProblem(response, "instance", path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          POST   ~ /v1/books/b      ~ DELETE, GET, HEAD, OPTIONS, PATCH, PUT
          GET    ~ /v1/books/b:lend ~ OPTIONS, POST
          DELETE ~ /health          ~ GET, HEAD, OPTIONS
          PURGE  ~ /openapi.json    ~ GET, HEAD, OPTIONS
          """)
  void answers405AndNamesTheMethodsThatWouldDo(String method, String path, String allow)
      throws Exception {
    HttpResponse<String> response = running.send(method, path, "");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains(allow);
    assertProblem(response, "status", "405");
  }

  @Test
  void answersOptionsWithTheMethods() throws Exception {
    HttpResponse<String> response = running.send("OPTIONS", "/v1/echo", "");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS, POST");
  }

  @Test
  void answersHeadAsGetWithoutBody() throws Exception {
    String get = running.get("/v1/books/b1").body();

    HttpResponse<String> head = running.send("HEAD", "/v1/books/b1", "");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(get.length());
    assertThat(running.get("/v1/books/b1").body()).as("on the same connection").isEqualTo(get);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "application/json; charset=iso-8859-1"
      })
  void answers415ForOtherMediaTypes(String type) throws Exception {
    HttpResponse<String> response = running.send("POST", "/v1/echo", "{}", "Content-Type", type);

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(response.headers().firstValue("Accept")).contains("application/json");
    assertThat(Json.text(response.body(), "detail")).contains(type);
  }

  @Test
  void takesJsonThatSaysItsCharset() throws Exception {
    HttpResponse<String> response =
        running.send(
            "POST", "/v1/echo/text", "\"ä\"", "Content-Type", "Application/JSON;charset=\"UTF-8\"");

    assertThat(response.body()).isEqualTo("\"ä\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          text/html                                  ~ 406
          application/json;q=0                       ~ 406
          */*, application/json;q=0                  ~ 406
          text/html, application/*;q=0.5             ~ 200
          text/html, */*;q=0.1                       ~ 200
          application/json                           ~ 200
          """)
  void answers406IfJsonIsNotWelcome(String accept, int status) throws Exception {
    assertThat(running.get("/v1/books/b", "Accept", accept).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(ints = {1024 * 1024 + 1, 3 * 1024 * 1024})
  void answers413ForABodyOver1MiB(int size) throws Exception {
    HttpResponse<String> response = running.json("POST", "/v1/echo", " ".repeat(size));

    assertThat(response.statusCode()).isEqualTo(413);
    assertProblem(response, "detail", "The body is over the limit of 1048576 bytes");
    assertThat(running.get("/v1/books/b").statusCode()).as("afterwards").isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {1024 * 1024 + 1, 3 * 1024 * 1024})
  void answers413ForABodyOver1MiBInChunks(int size) throws Exception {
    var body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[size]));

    HttpResponse<String> response =
        running.send(
            running.request("/v1/echo", "Content-Type", "application/json").POST(body).build());

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(running.get("/v1/books/b").statusCode()).as("afterwards").isEqualTo(200);
  }

  @Test
  void takesABodyOfJust1MiBMinusWhatNatsNeeds() throws Exception {
    String text = "x".repeat(1024 * 1000);

    HttpResponse<String> response = running.json("POST", "/v1/echo/text", '"' + text + '"');

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).hasSize(text.length() + 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          GET /v1/books/% HTTP/1.1          ~ 400
          GET /v1/books/%zz HTTP/1.1        ~ 400
          GET /v1/books/%FF HTTP/1.1        ~ 400
          GET /v1/books/a|b HTTP/1.1        ~ 400
          GET /v1/books/> HTTP/1.1          ~ 400
          GET /v1/books/.. HTTP/1.1         ~ 400
          GET /v1/books/a b HTTP/1.1        ~ 400
          GET /v1/books/b?shelfId=%f HTTP/1.1 ~ 400
          GET http://x/v1/books/b HTTP/1.1  ~ 400
          GET v1/books/b HTTP/1.1           ~ 400
          GET /v1/books/b HTTP/1.0          ~ 505
          nonsense                          ~ 400
          """)
  void refusesMalformedRequestsWithAProblem(String line, int status) throws Exception {
    String response = RawHttp.send(running.gateway.port(), line);

    assertThat(response).startsWith("HTTP/1.1 " + status);
    assertThat(response).containsIgnoringCase("application/problem+json");
    assertThat(response).contains("\"requestId\":");
  }

  @Test
  void refusesARequestLineWithoutEnd() throws Exception {
    String line = "GET /v1/books/" + "x".repeat(9000) + " HTTP/1.1";

    assertThat(RawHttp.send(running.gateway.port(), line)).startsWith("HTTP/1.1 414");
  }

  private static void assertProblem(HttpResponse<String> response, String path, String text) {
    assertThat(Json.text(response.body(), path))
        .as(path + " of " + response.body())
        .isEqualTo(text);
  }
}
