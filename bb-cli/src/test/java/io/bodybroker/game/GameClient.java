package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A game client: JSON over HTTP, with the token of whoever plays, if somebody is signed in. */
record GameClient(int port, Optional<String> token) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration BOUND = Duration.ofSeconds(30);

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer post(String path, String json) {
    return post(path, json, UnaryOperator.identity());
  }

  /** A post with headers, such as an idempotency key. */
  Answer post(String path, String json, UnaryOperator<HttpRequest.Builder> headers) {
    return send(headers.apply(request(path).POST(BodyPublishers.ofString(json))));
  }

  Answer put(String path, String json) {
    return send(request(path).PUT(BodyPublishers.ofString(json)));
  }

  Answer patch(String path, String json) {
    return send(request(path).method("PATCH", BodyPublishers.ofString(json)));
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  /**
   * The lines of a stream of server-sent events; closing it ends the stream.
   *
   * @param headers such as {@code Last-Event-ID}
   */
  Stream<String> events(String path, UnaryOperator<HttpRequest.Builder> headers) {
    try {
      var asked = headers.apply(request(path).header("Accept", "text/event-stream").GET());
      HttpResponse<Stream<String>> answer = HTTP.send(asked.build(), BodyHandlers.ofLines());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(BOUND)
            .header("Content-Type", "application/json");
    token.ifPresent(present -> request.header("Authorization", "Bearer " + present));
    return request;
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      var answer = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** What came back. */
  record Answer(int status, String body) {
    /** The message of a call that succeeded. */
    <T extends Message> T as(T type) {
      assertThat(status).as(body).isEqualTo(200);
      return parse(type);
    }

    /** What a call that failed says. */
    Problem problem() {
      assertThat(status).as(body).isGreaterThanOrEqualTo(400);
      return new Problem(status, parse(Struct.getDefaultInstance()));
    }

    @SuppressWarnings("unchecked") // a builder makes messages of its own class
    private <T extends Message> T parse(T type) {
      try {
        var builder = type.newBuilderForType();
        JsonFormat.parser().merge(body, builder);
        return (T) builder.build();
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError("no " + type.getDescriptorForType().getName() + ": " + body, e);
      }
    }
  }

  /** A problem document (RFC 9457). */
  record Problem(int status, Struct document) {
    /** The closed list's code of the service, such as {@code NOT_FOUND}. */
    String code() {
      return text("code");
    }

    String detail() {
      return text("detail");
    }

    /** The fields that were wrong. */
    Stream<String> fields() {
      return document
          .getFieldsOrDefault("fieldViolations", Value.getDefaultInstance())
          .getListValue()
          .getValuesList()
          .stream()
          .map(violation -> violation.getStructValue().getFieldsOrThrow("field").getStringValue());
    }

    /** A member of the document, or of {@code details}; empty if there is none. */
    String text(String... path) {
      var value = Value.newBuilder().setStructValue(document).build();
      for (String name : Arrays.asList(path)) {
        value = value.getStructValue().getFieldsOrDefault(name, Value.getDefaultInstance());
      }
      return value.getStringValue();
    }
  }
}
