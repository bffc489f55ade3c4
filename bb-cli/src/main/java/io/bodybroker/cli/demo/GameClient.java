package io.bodybroker.cli.demo;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A game client: JSON over HTTP to the gateway, as whoever is signed in. For one thread. */
final class GameClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();
  private static final JsonFormat.Parser PARSER = JsonFormat.parser();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI gateway;
  private final Story story;
  private @Nullable String token;

  GameClient(URI gateway, Story story) {
    this.gateway = gateway;
    this.story = story;
  }

  /** Calls are made with this token from now on. */
  void signIn(String newToken) {
    token = newToken;
  }

  /** The token of whoever is signed in. */
  String token() {
    return Objects.requireNonNull(token, "nobody is signed in");
  }

  <T extends Message> T get(String path, T type) {
    return parse(send("GET", path, BodyPublishers.noBody(), true), type);
  }

  /** Without telling it; for asking again and again. */
  <T extends Message> T look(String path, T type) {
    return parse(send("GET", path, BodyPublishers.noBody(), false), type);
  }

  <T extends Message> T post(String path, Message body, T type) {
    return parse(send("POST", path, json(body), true), type);
  }

  <T extends Message> T put(String path, Message body, T type) {
    return parse(send("PUT", path, json(body), true), type);
  }

  /** The status of a call that is meant to be refused. */
  int refused(String path) {
    return send("GET", path, BodyPublishers.noBody(), true).statusCode();
  }

  private HttpResponse<String> send(String method, String path, BodyPublisher body, boolean told) {
    var request =
        HttpRequest.newBuilder(gateway.resolve(path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(method, body);
    if (!method.equals("GET")) {
      request.header("Idempotency-Key", UUID.randomUUID().toString());
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    long begin = System.nanoTime();
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      if (told) {
        story.called(method, path, answer.statusCode(), System.nanoTime() - begin);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnexpectedTurn(method + " " + path + " was interrupted");
    }
  }

  private static BodyPublisher json(Message body) {
    try {
      return BodyPublishers.ofString(PRINTER.print(body));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @SuppressWarnings("unchecked") // a builder makes messages of its own class
  private static <T extends Message> T parse(HttpResponse<String> answer, T type) {
    if (answer.statusCode() != 200) {
      throw new UnexpectedTurn(
          "%s %s answered %d: %s"
              .formatted(
                  answer.request().method(),
                  answer.request().uri().getPath(),
                  answer.statusCode(),
                  answer.body()));
    }
    try {
      var builder = type.newBuilderForType();
      PARSER.merge(answer.body(), builder);
      return (T) builder.build();
    } catch (InvalidProtocolBufferException e) {
      throw new UnexpectedTurn(
          answer.request().uri().getPath()
              + " answered what is no "
              + type.getDescriptorForType().getName());
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
