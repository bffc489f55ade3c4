package io.bodybroker.cli;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.testkit.JavaProgram;
import io.bodybroker.testkit.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code bb up} on free ports, ready. */
public final class RunningUp implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path data;
  private final int natsPort;
  private final int gatewayPort;
  private final int healthPort;
  private final JavaProgram program;

  private RunningUp(Path data, List<Integer> ports, String... arguments) {
    this.data = data;
    this.natsPort = ports.get(0);
    this.gatewayPort = ports.get(1);
    this.healthPort = ports.get(3);
    var words = new ArrayList<>(List.of("up"));
    words.addAll(
        List.of(
            "--nats-port=" + natsPort,
            "--gateway-port=" + gatewayPort,
            "--redis-port=" + ports.get(2),
            "--health-port=" + healthPort));
    words.addAll(List.of(arguments));
    this.program = Bb.run(Map.of("BB_DATA", data.toString()), words.toArray(String[]::new));
  }

  /** Starts it and waits until it says that all is ready. */
  public static RunningUp start(Path data, String... arguments) {
    var up = new RunningUp(data, freePorts(20), arguments);
    try {
      up.program.awaitOutput("Ctrl-C ends everything");
      return up;
    } catch (AssertionError e) {
      up.close();
      throw e;
    }
  }

  /**
   * Ports that nobody listens on; the last of them is the first of many in a row, for a health port
   * each.
   */
  private static List<Integer> freePorts(int inRow) {
    var ports = new ArrayList<>(Ports.find(3));
    List<Integer> row = Ports.find(inRow);
    while (row.getLast() - row.getFirst() != inRow - 1) {
      row = Ports.find(inRow);
    }
    ports.add(row.getFirst());
    return ports;
  }

  JavaProgram program() {
    return program;
  }

  public int gatewayPort() {
    return gatewayPort;
  }

  public int healthPort() {
    return healthPort;
  }

  /** What a command needs to find it. */
  public Map<String, String> environment() {
    return Map.of("NATS_URL", natsUrl(), "BB_DATA", data.toString());
  }

  /** The token of an operator's session. */
  public String operatorToken() {
    var config = BusConfig.builder().name("operator").natsUrls(List.of(natsUrl())).build();
    try (var bus = Connecting.toBus(config)) {
      return Operators.token(bus);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private String natsUrl() {
    return "nats://127.0.0.1:" + natsPort;
  }

  public HttpResponse<String> get(int port, String path) {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build());
  }

  /** The status of an answer that does not end by itself. */
  public int begin(HttpRequest request) {
    try {
      HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
      answer.body().close();
      return answer.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  public HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    try (http;
        program) {
      program.terminate().awaitEnd();
    }
  }
}
