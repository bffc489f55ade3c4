package io.bodybroker.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that begin and do not go on keep neither a connection nor a place at work for long. */
@TestServers(jetStream = false)
class SlowClientTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private static RunningGateway running;

  @BeforeAll
  static void start(NatsServer nats) {
    var settings =
        RunningGateway.settings()
            .idleTimeout(Duration.ofSeconds(1))
            .receiveTimeout(Duration.ofSeconds(1))
            .stallTimeout(Duration.ofSeconds(1))
            .maxConcurrency(3)
            .build();
    running = RunningGateway.start(nats.url(), gateway -> gateway.config(settings)).serve();
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
          nothing at all                        ~ ``
          half a request line                   ~ GET /v1/bo
          half the headers                      ~ GET /v1/books/b HTTP/1.1|Host: x|X-Ha
          half a body                           ~ POST /v1/echo HTTP/1.1|Host: x|Content-Type: application/json|Content-Length: 50||{"text":
          half a chunk                          ~ POST /v1/echo HTTP/1.1|Host: x|Content-Type: application/json|Transfer-Encoding: chunked||50|{"text"
          half a body that nobody wants         ~ POST /v1/nope HTTP/1.1|Host: x|Content-Length: 50||abc
          half a body before the connection's end ~ POST /v1/nope HTTP/1.1|Host: x|Connection: close|Content-Length: 50||abc
          """)
  void areLeftWhenTheySend(String what, String text) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), running.gateway.port())) {
      socket.getOutputStream().write(text.replace("|", "\r\n").getBytes(ISO_8859_1));

      assertThat(isClosed(socket)).as(what).isTrue();
    }
  }

  @Test
  void areLeftWhenTheyDripTheirHeaders() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), running.gateway.port())) {
      socket.getOutputStream().write("GET /v1/books/b HTTP/1.1\r\n".getBytes(ISO_8859_1));

      Await.until(BOUND, "the connection to end", () -> isRefused(socket, "X-A: b\r\n"));
    }
  }

  private static boolean isRefused(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void areLeftWhenTheyReadNothing() throws Exception {
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(
          new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), running.gateway.port()));
      String request = "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n";

      Await.until(BOUND, "the connection to end", () -> isRefused(socket, request.repeat(500)));
    }
  }

  @Test
  void leaveTheirPlacesToOthers() throws Exception {
    String half = "POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx";
    var slow = new Socket[3];
    for (int i = 0; i < slow.length; i++) {
      slow[i] = new Socket(InetAddress.getLoopbackAddress(), running.gateway.port());
      slow[i].getOutputStream().write(half.getBytes(ISO_8859_1));
    }

    Await.until(BOUND, "a place", () -> running.get("/v1/books/b").statusCode() == 200);

    for (Socket socket : slow) {
      socket.close();
    }
  }

  /** Reads what there is to the end of the connection. */
  private static boolean isClosed(Socket socket) throws IOException {
    socket.setSoTimeout((int) BOUND.toMillis());
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true; // reset
    }
  }
}
