package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are served, and by what. */
class RoutingTest extends WithLibrary {
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
  @ValueSource(strings = {"/v1", "/v1/nope", "/v1/books/", "/v1/hidden", "/V1/books/b"})
  void answers404ForUnknownRoutes(String path) throws Exception {
    HttpResponse<String> response = running.get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    Json.assertText(response, "type", "about:blank");
    Json.assertText(response, "instance", path);
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
    Json.assertText(response, "status", "405");
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
}
