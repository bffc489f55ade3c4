package io.bodybroker.cli.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BalancerTest {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean isReady = true;
  private volatile String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private ServerSocket server;
  private Balancer balancer;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
    balancer = new Balancer(List.of(server.getLocalPort()));
    Await.until(BOUND, "a gateway that is ready", () -> balancer.readyPort() > 0);
  }

  @AfterEach
  void close() throws IOException {
    balancer.close();
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /** Closes the connection where there is no answer. */
  private void serve(Socket client) {
    boolean isFirst = true;
    try (client) {
      for (String head = head(client); !head.isEmpty(); head = head(client)) {
        boolean isPoll = head.contains("/health/ready");
        if (!isPoll) {
          requests.incrementAndGet();
          connections.addAndGet(isFirst ? 1 : 0);
          isFirst = false;
        }
        String text =
            isPoll
                ? "HTTP/1.1 " + (isReady ? 200 : 503) + " x\r\nContent-Length: 0\r\n\r\n"
                : answer;
        if (text.isEmpty()) {
          return;
        }
        client.getOutputStream().write(text.getBytes(UTF_8));
      }
    } catch (IOException e) {
      return; // the client is gone
    }
  }

  private static String head(Socket client) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = client.getInputStream().read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private HttpReply send() throws CallFailure {
    return balancer.send("GET", "/", Map.of(), "");
  }

  @Test
  void keepsConnectionsUntilTheServerSaysClose() throws Exception {
    assertThat(send().body()).isEqualTo("ok");
    send();
    assertThat(connections).hasValue(1);

    answer =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
    assertThat(send().body()).isEqualTo("ok");
    send();
    assertThat(connections).hasValue(2);
  }

  @Test
  void sendsNothingTwiceEvenIfTheConnectionItKeptIsClosed() throws Exception {
    send();
    answer = "";

    assertThatThrownBy(this::send).isInstanceOf(CallFailure.class).hasMessage("connection lost");
    assertThat(requests).hasValue(2);
    assertThat(connections).hasValue(1);
  }

  @Test
  void sendsNothingToAGatewayThatIsNotReady() throws Exception {
    isReady = false;

    Await.untilSeen(
        BOUND,
        "no gateway to be ready",
        () -> {
          try {
            send();
            return "sent";
          } catch (CallFailure e) {
            return e.code();
          }
        },
        "no gateway is ready"::equals);
    int before = requests.get();
    assertThatThrownBy(this::send).hasMessage("no gateway is ready");
    assertThat(requests).hasValue(before);
  }
}
