package io.bodybroker.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsServerTest {

  private static final Duration BOUND = Duration.ofSeconds(10);

  @Test
  void keepsAcknowledgedMessagesThroughAKill() throws Exception {
    // @start region="example"
    try (NatsServer server = NatsServer.start();
        Connection client = Nats.connect(server.url())) {
      client.jetStreamManagement().addStream(stream("ORDERS"));
      client.jetStream().publish("ORDERS.new", "one".getBytes(UTF_8));

      server.kill();
      Await.until(
          BOUND, "client to notice", () -> client.getStatus() != Connection.Status.CONNECTED);
      server.restart();

      Await.until(
          BOUND, "client to return", () -> client.getStatus() == Connection.Status.CONNECTED);
      assertThat(client.getStreamContext("ORDERS").getMessage(1).getData())
          .asString()
          .isEqualTo("one");
    }
    // @end
  }

  @Test
  void isDownAfterKillAndBackOnTheSamePortAfterRestart() {
    try (NatsServer server = NatsServer.start()) {
      int port = server.port();
      long pid = server.pid();
      assertThat(server.isRunning()).isTrue();

      server.kill();

      assertThat(server.isRunning()).isFalse();
      assertThat(ProcessHandle.of(pid)).isEmpty();
      assertThatThrownBy(() -> Loopback.firstLine(port, "")).isInstanceOf(ConnectException.class);

      server.restart();

      assertThat(server.isRunning()).isTrue();
      assertThat(server.port()).isEqualTo(port);
      assertThat(server.pid()).isNotEqualTo(pid);
    }
  }

  @Test
  void stopsCleanlyWhenAsked() {
    try (NatsServer server = NatsServer.start()) {
      server.stop();

      assertThat(server.logs()).contains("Server Exiting");
      assertThat(server.isRunning()).isFalse();
    }
  }

  @Test
  void answersNothingWhilePausedAndEverythingAfterwards() throws Exception {
    var quiet = new Options.Builder().errorListener(new ErrorListener() {});
    try (NatsServer server = NatsServer.start();
        Connection client = Nats.connect(quiet.server(server.url()).build())) {
      client.createDispatcher(m -> client.publish(m.getReplyTo(), m.getData())).subscribe("echo");
      assertThat(client.request("echo", new byte[0], Duration.ofSeconds(5))).isNotNull();

      server.pause();

      assertThat(server.isPaused()).isTrue();
      assertThat(server.isRunning()).isFalse();
      Message none = client.request("echo", new byte[0], Duration.ofMillis(300));
      assertThat(none).isNull();

      server.resume();

      assertThat(client.request("echo", new byte[0], Duration.ofSeconds(5))).isNotNull();
    }
  }

  @Test
  void readsOtherLinesWhileItRuns() throws Exception {
    try (NatsServer server = NatsServer.builder().config("max_payload: 4096").start()) {
      long pid = server.pid();

      server.reload("max_payload: 8192");

      assertThat(Loopback.firstLine(server.port(), "")).contains("\"max_payload\":8192");
      assertThat(server.pid()).isEqualTo(pid);
      assertThatThrownBy(() -> server.reload("max_payload: many"))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("refused its configuration");
    }
  }

  @Test
  void canBeKilledStoppedAndRestartedWhilePaused() {
    try (NatsServer server = NatsServer.start()) {
      server.pause();
      server.kill();
      assertThat(server.isPaused()).isFalse();

      server.restart();
      server.pause();
      server.stop();
      assertThat(server.logs()).contains("Server Exiting");

      server.restart();
      server.pause();
      server.restart();
      assertThat(server.isRunning()).isTrue();
    }
  }

  @Test
  void refusesWhatItsStateDoesNotAllow() {
    NatsServer server = NatsServer.start();
    assertThatThrownBy(server::resume).hasMessageContaining("is not paused");
    server.kill();
    server.kill();
    assertThatThrownBy(server::pause)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(server.name())
        .hasMessageContaining("down");
    assertThatThrownBy(server::pid).isInstanceOf(IllegalStateException.class);
    server.close();
    server.close();
    assertThatThrownBy(server::restart).hasMessageContaining("closed");
  }

  @Test
  void noticesThatItsProcessEndedByItself() {
    try (NatsServer server = NatsServer.start()) {
      ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();

      Await.until(BOUND, "the end of the process", () -> !server.isRunning());
      assertThat(server).asString().contains("ended");
    }
  }

  @Test
  void deletesItsDirectoryWhenClosed() {
    NatsServer server = NatsServer.start();
    assertThat(server.directory()).isDirectory();

    server.close();

    assertThat(server.directory()).doesNotExist();
    assertThat(server.logs()).isEmpty();
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    try (NatsServer server = NatsServer.start()) {
      int monitoring = Integer.parseInt(server.monitoringUrl().replaceFirst(".*:", ""));
      for (int port : new int[] {server.port(), monitoring}) {
        assertThatThrownBy(() -> new Socket("127.0.0.2", port).close())
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void takesConfigurationLines() throws Exception {
    try (NatsServer server =
        NatsServer.builder().jetStream(false).config("max_payload: 4096").start()) {
      assertThat(Loopback.firstLine(server.port(), ""))
          .contains("\"max_payload\":4096")
          .doesNotContain("jetstream");
    }
  }

  @Test
  void keepsItsStreamsInADirectoryOfTheUsersUnderAPortOfTheUsers(@TempDir Path data)
      throws Exception {
    int port;
    try (NatsServer first = NatsServer.builder().data(data).start();
        Connection client = Nats.connect(first.url())) {
      port = first.port();
      client
          .jetStreamManagement()
          .addStream(
              StreamConfiguration.builder().name("KEPT").storageType(StorageType.File).build());
    }
    try (NatsServer second = NatsServer.builder().data(data).port(port).start();
        Connection client = Nats.connect(second.url())) {
      assertThat(second.port()).isEqualTo(port);
      assertThat(client.jetStreamManagement().getStreamNames()).containsExactly("KEPT");
    }
    assertThat(data).isNotEmptyDirectory();
  }

  @Test
  void saysWhyItDoesNotStartAndLeavesNothing() {
    NatsServer server =
        NatsServer.node("broken", NatsConfig.standalone(1, 2, true, "max_payload: {"));

    assertThatThrownBy(() -> StartedTogether.launch(List.of(server)))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("exit status 1")
        .hasMessageContaining("Parse error");
    assertThat(server.directory()).doesNotExist();
  }

  private static StreamConfiguration stream(String name) {
    return StreamConfiguration.builder()
        .name(name)
        .subjects(name + ".>")
        .storageType(StorageType.File)
        .build();
  }
}
