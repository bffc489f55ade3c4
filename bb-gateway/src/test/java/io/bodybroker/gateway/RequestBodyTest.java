package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies: what they may be, and how long. */
class RequestBodyTest extends WithLibrary {
  @Test
  void saysWhereABodyIsNoJson() throws Exception {
    HttpResponse<String> response = running.json("POST", "/v1/echo", "{\n  \"text\": \"a\",\n}");

    assertThat(response.statusCode()).isEqualTo(400);
    Json.assertText(response, "details.line", "3");
    Json.assertText(response, "details.column", "1");
    Json.assertText(
        response,
        "detail",
        "the body is not JSON: line 3, column 1: '}' (expected: a name in quotes)");
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
  @ValueSource(ints = {1024 * 1024 + 1, 3 * 1024 * 1024, 20 * 1024 * 1024})
  void answers413ForABodyOver1MiB(int size) throws Exception {
    HttpResponse<String> response = running.json("POST", "/v1/echo", " ".repeat(size));

    assertThat(response.statusCode()).isEqualTo(413);
    Json.assertText(response, "detail", "The body is over the limit of 1048576 bytes");
    assertThat(running.get("/v1/books/b").statusCode()).as("afterwards").isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {1024 * 1024 + 1, 3 * 1024 * 1024, 20 * 1024 * 1024})
  void answers413ForABodyOver1MiBInChunks(int size) throws Exception {
    var body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[size]));

    HttpResponse<String> response =
        running.send(
            running.request("/v1/echo", "Content-Type", "application/json").POST(body).build());

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(running.get("/v1/books/b").statusCode()).as("afterwards").isEqualTo(200);
  }

  @Test
  void keepsTheConnectionOfAClientWhoseBodyIsFarTooLong() throws Exception {
    try (var connection = new RawHttp(running.gateway.port())) {
      connection.request(
          "POST /v1/echo", "Content-Type: application/json", "Content-Length: 20000000");
      connection.write("x".repeat(20_000_000));
      assertThat(connection.response()).startsWith("HTTP/1.1 413");

      connection.request("GET /v1/books/b", "X-Nothing: here");
      assertThat(connection.response()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void keepsNothingOfAChunkThatIsFarTooLong() throws Exception {
    int mebibytes = 300;
    String mebibyte = "x".repeat(1024 * 1024);
    try (var connection = new RawHttp(running.gateway.port())) {
      long before = usedMemory();
      connection.request(
          "POST /v1/echo", "Content-Type: application/json", "Transfer-Encoding: chunked");
      connection.write(Integer.toHexString((mebibytes + 1) * mebibyte.length()) + "\r\n");
      for (int i = 0; i < mebibytes; i++) {
        connection.write(mebibyte);
      }

      assertThat(usedMemory() - before).isLessThan(100L * mebibyte.length());

      connection.write(mebibyte + "\r\n0\r\n\r\n");
      assertThat(connection.response()).startsWith("HTTP/1.1 413");
      connection.request("GET /v1/books/b", "X-Nothing: here");
      assertThat(connection.response()).startsWith("HTTP/1.1 200");
    }
  }

  private static long usedMemory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void answers400ForASizeOfAChunkThatDoesNotEnd() throws Exception {
    try (var connection = new RawHttp(running.gateway.port())) {
      connection.request(
          "POST /v1/echo", "Content-Type: application/json", "Transfer-Encoding: chunked");
      connection.write("1;" + "x".repeat(10_000));

      assertThat(connection.response()).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void sendsNoBodyForNothing() throws Exception {
    try (var connection = new RawHttp(running.gateway.port())) {
      String expects = "Expect: 100-continue";
      connection.request(
          "POST /v1/echo/text", "Content-Type: application/json", "Content-Length: 3", expects);
      assertThat(connection.headResponse()).startsWith("HTTP/1.1 100");
      connection.write("\"a\"");
      assertThat(connection.response()).startsWith("HTTP/1.1 200").endsWith("\"a\"");

      connection.request("POST /v1/nope", "Content-Length: 3", expects);
      assertThat(connection.response()).startsWith("HTTP/1.1 404");
      assertThat(connection.rest()).as("whether the body comes nobody can know").isEmpty();
    }
  }

  @Test
  void takesABodyOfJust1MiBMinusWhatNatsNeeds() throws Exception {
    String text = "x".repeat(1024 * 1000);

    HttpResponse<String> response = running.json("POST", "/v1/echo/text", '"' + text + '"');

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).hasSize(text.length() + 2);
  }
}
