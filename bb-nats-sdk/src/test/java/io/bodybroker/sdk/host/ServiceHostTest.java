package io.bodybroker.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServiceHostTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final ServiceModule NOTHING = context -> {};

  private static BusConfig config(String natsUrl) {
    return BusConfig.builder()
        .natsUrls(List.of(natsUrl))
        .natsReconnectWait(Duration.ofMillis(10))
        .healthHost("127.0.0.1")
        .healthPort(0)
        .build();
  }

  private static HttpResponse<String> get(ServiceHost host, String path) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + host.healthPort() + path);
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  @Test
  void isAliveBeforeNatsIsUpAndReadyOnceItIs() throws Exception {
    int port;
    try (NatsServer away = NatsServer.start()) {
      port = away.port();
    }
    try (var host = ServiceHost.start(NOTHING, config("nats://127.0.0.1:" + port))) {
      assertThat(get(host, "/health").statusCode()).isEqualTo(200);
      assertThat(get(host, "/health/started").statusCode()).isEqualTo(200);
      assertThat(get(host, "/health/ready").statusCode()).isEqualTo(503);
      assertThat(get(host, "/health/ready").body()).contains("\"nats-serve\"", "\"reason\"");

      try (NatsServer server = NatsServer.builder().port(port).start()) {
        assertThat(host.awaitReady(BOUND)).as("ready with %s", server.url()).isTrue();
        assertThat(get(host, "/health/ready").statusCode()).isEqualTo(200);

        server.kill();

        Await.until(BOUND, "not ready", () -> get(host, "/health/ready").statusCode() == 503);
        assertThat(get(host, "/health").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void namesEachRunAsNoOther() {
    var config = config("nats://127.0.0.1:9").toBuilder().instance("twin").build();
    var ids = new ArrayList<String>();
    ServiceModule module = context -> ids.add(context.runId());

    ServiceHost.start(module, config).close();
    ServiceHost.start(module, config).close();

    assertThat(ids).hasSize(2).doesNotHaveDuplicates().allMatch(id -> id.startsWith("twin/"));
  }

  @Test
  void closesWhatItOpenedWhenAModuleCannotBeConfigured() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var config = config("nats://127.0.0.1:9").toBuilder().healthPort(port).build();
    ServiceModule broken =
        context -> {
          throw new IllegalStateException("no such table");
        };

    assertThatThrownBy(() -> ServiceHost.start(broken, config))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no such table");

    try (var host = ServiceHost.start(NOTHING, config)) {
      assertThat(host.healthPort()).isEqualTo(port);
    }
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var config =
          config("nats://127.0.0.1:9").toBuilder().healthPort(taken.getLocalPort()).build();

      assertThatThrownBy(() -> ServiceHost.start(NOTHING, config))
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("HEALTH_PORT chooses another");
    }
  }

  @Test
  void repeatsATaskThatFailsAndInterruptsItAtTheEnd() throws Exception {
    var runs = new AtomicInteger();
    var interrupted = new CountDownLatch(1);
    ServiceModule module =
        context ->
            context.repeat(
                "test",
                Duration.ofMillis(1),
                () -> {
                  if (runs.incrementAndGet() < 3) {
                    throw new IllegalStateException("not yet");
                  }
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                    Thread.currentThread().interrupt();
                  }
                });
    try (var host = ServiceHost.start(module, config("nats://127.0.0.1:9"))) {
      assertThat(host.isReady()).isFalse();
      Await.until(BOUND, "a third run", () -> runs.get() == 3);
    }
    assertThat(interrupted.await(1, TimeUnit.SECONDS)).isTrue();
    assertThat(runs).hasValue(3);
  }

  @Test
  void mayBeClosedTwice() {
    var host = ServiceHost.start(NOTHING, config("nats://127.0.0.1:9"));

    host.close();
    host.close();

    assertThat(host.isReady()).isFalse();
  }
}
