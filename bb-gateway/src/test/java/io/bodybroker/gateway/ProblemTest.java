package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients are told when a request fails. */
class ProblemTest extends WithLibrary {
  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void mapsEachErrorOfAServiceToItsStatus(ErrorCode code) throws Exception {
    HttpResponse<String> response = running.get("/v1/books/" + code);

    assertThat(response.statusCode()).isEqualTo(code.httpStatus(ErrorOrigin.SERVER));
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    Json.assertText(response, "code", code.name());
    Json.assertText(response, "type", "tag:bodybroker.io,2026:" + code);
    Json.assertText(response, "status", String.valueOf(response.statusCode()));
    boolean isLate = code == ErrorCode.DEADLINE_EXCEEDED;
    Json.assertText(
        response,
        "detail",
        isLate ? "library did not answer in time; the work may have been done" : "it is " + code);
    Json.assertText(response, "instance", "/v1/books/" + code);
    Json.assertText(response, "details.book", code.name());
    boolean isLater = response.statusCode() == 503 || response.statusCode() == 429;
    assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(isLater);
  }

  @Test
  void tellsNothingOfWhatBrokeInsideAService() throws Exception {
    HttpResponse<String> response = running.get("/v1/books/broken");

    assertThat(response.statusCode()).isEqualTo(500);
    Json.assertText(response, "code", "INTERNAL");
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
    Json.assertText(response, "code", "INVALID_ARGUMENT");
    Json.assertText(response, "fieldViolations.0.field", field);
    Json.assertText(response, "fieldViolations.0.value", value == null ? "" : value);
    if (expected != null) {
      Json.assertText(response, "fieldViolations.0.expected", expected);
    }
  }
}
