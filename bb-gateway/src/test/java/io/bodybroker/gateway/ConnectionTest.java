package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 connections: kept over errors, closed when asked, many at once. */
class ConnectionTest extends WithLibrary {
  private static final String CHUNKS = "5\r\nabcde\r\n0\r\n\r\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          GET /v1/nope         ~                                 ~
          GET /v1/books/%      ~                                 ~
          DELETE /health       ~                                 ~
          GET /v1/books/broken ~                                 ~
          OPTIONS /v1/echo     ~                                 ~
          POST /v1/nope        ~ Content-Length: 5               ~ abcde
          POST /v1/echo        ~ Content-Length: 5               ~ abcde
          POST /v1/echo/text   ~ Content-Type: application/json  ~
          POST /v1/echo        ~ Transfer-Encoding: chunked      ~ CHUNKS
          GET /v1/books/b      ~ Content-Length: 2               ~ {}
          """)
  void servesTheNextRequestAfterAnError(String request, String header, String body)
      throws Exception {
    try (var connection = new RawHttp(running.gateway.port())) {
      connection.request(request, header == null ? "X-Nothing: here" : header);
      connection.write(body == null ? "" : body.replace("CHUNKS", CHUNKS));
      connection.response();
      connection.request("GET /v1/books/b", "X-Nothing: here");

      assertThat(connection.response()).startsWith("HTTP/1.1 200").contains("{\"id\":\"b\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xyz", "", "-1", "5\r\nabcde\r\nzz", "\n", "ffffffffffff"})
  void answers400ForAChunkWithoutASize(String chunks) throws Exception {
    try (var connection = new RawHttp(running.gateway.port())) {
      connection.request(
          "POST /v1/echo", "Content-Type: application/json\r\nTransfer-Encoding: chunked");
      connection.write(chunks + "\r\n\r\n");

      assertThat(connection.response())
          .startsWith("HTTP/1.1 400")
          .contains("application/problem+json")
          .contains("not well-formed HTTP");
    }
  }

  @Test
  void sendsNoBodyAfterTheHeadOfAProblem() throws Exception {
    try (var connection = new RawHttp(running.gateway.port())) {
      connection.request("HEAD /v1/nope", "X-Nothing: here");

      assertThat(connection.headResponse()).startsWith("HTTP/1.1 404");

      connection.request("GET /v1/books/b", "X-Nothing: here");
      assertThat(connection.response()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws Exception {
    try (var connection = new RawHttp(running.gateway.port())) {
      connection.request("GET /v1/books/b1", "X-Nothing: here");
      connection.request("GET /v1/nope", "X-Nothing: here");
      connection.request("GET /v1/books/b2", "X-Nothing: here");

      assertThat(connection.response()).startsWith("HTTP/1.1 200").contains("\"b1\"");
      assertThat(connection.response()).startsWith("HTTP/1.1 404");
      assertThat(connection.response()).startsWith("HTTP/1.1 200").contains("\"b2\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /v1/books/b", "GET /v1/nope", "POST /v1/nope"})
  void closesTheConnectionOfAClientThatAsksForIt(String request) throws Exception {
    try (var connection = new RawHttp(running.gateway.port())) {
      connection.request(request, "Connection: close", "Content-Length: 3");
      connection.write("abc");

      assertThat(connection.response()).contains("Connection: close");
      assertThatThrownBy(connection::response).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void answers200RequestsAtOnceEachItsOwn() throws Exception {
    List<Callable<String>> requests =
        IntStream.range(0, 200)
            .<Callable<String>>mapToObj(i -> () -> running.get("/v1/books/b" + i).body())
            .toList();
    var answers = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> answer : threads.invokeAll(requests)) {
        answers.add(Json.text(answer.get(), "id"));
      }
    }

    assertThat(answers)
        .containsExactlyElementsOf(IntStream.range(0, 200).mapToObj(i -> "b" + i).toList());
  }
}
