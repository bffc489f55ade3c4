package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.telemetry.LogLines;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestAuthority;
import io.bodybroker.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final TestAuthority old = TestAuthority.create("old authority");
  private final TestAuthority next = TestAuthority.create("next authority");
  @TempDir private Path directory;

  private static TestCertificate server(TestAuthority authority) {
    return authority.certificate("server").hosts("127.0.0.1").create();
  }

  private void write(String file, String text) throws IOException {
    Path fresh = Files.writeString(directory.resolve(file + ".new"), text);
    Files.move(fresh, directory.resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  private BusConfig.Builder secured(BusConfig.Builder config) {
    return config
        .natsCa(directory.resolve("ca.pem"))
        .securityReloadInterval(Duration.ofMillis(100));
  }

  /** A process of its own, that connects now. */
  private boolean connects(NatsServer nats) throws InterruptedException {
    try (var bus = Bus.connect(secured(RunningEcho.config(nats.url())).build())) {
      return bus.awaitConnected(Duration.ofSeconds(2));
    }
  }

  @Test
  void aCertificateAndItsAuthorityAreRotatedUnderLoadWithoutAFailedCall() throws Exception {
    write("ca.pem", old.pem());
    try (var log = LogLines.record();
        var nats = NatsServer.builder().tls(server(old)).start();
        var host =
            ServiceHost.start(
                context -> context.serve(new TestEcho()),
                secured(RunningEcho.config(nats.url())).build());
        // One attempt: a retry would hide a failure.
        var bus = Bus.connect(secured(RunningEcho.config(nats.url())).callAttempts(1).build())) {
      assertThat(host.awaitReady(BOUND) && bus.awaitConnected(BOUND)).isTrue();
      var client = EchoClient.on(bus);
      try (var load = new Load(client)) {
        load.awaitMore(50);
        nats.rotate(server(old));
        assertThat(connects(nats)).as("with a new certificate of the old authority").isTrue();

        write("ca.pem", old.pem() + next.pem());
        Await.until(
            BOUND, "both processes to see it", () -> count(log, "nats.ca changed, new") == 2);
        nats.rotate(server(next));
        assertThat(connects(nats)).as("with a certificate of the next authority").isTrue();

        write("ca.pem", next.pem().substring(0, 300));
        Await.until(
            BOUND,
            "both to refuse half a file, once each",
            () ->
                count(log, "changed and cannot be used, what was there before stays in use") == 2);
        write("ca.pem", next.pem());
        Await.until(
            BOUND, "both to use the whole one", () -> count(log, "nats.ca changed, new") == 4);
        assertThat(connects(nats)).as("when only the next authority is known").isTrue();
        load.awaitMore(50);
        assertThat(load.failures()).isEmpty();
        assertThat(load.done()).as("calls while all was rotated").isGreaterThan(100);
      }
      // Those that stood all the time find their way back with what is in the files now.
      nats.restart();
      Await.until(BOUND, "an answer after the restart", () -> answers(client));
    }
  }

  private static long count(LogLines log, String text) {
    return log.all().stream()
        .filter(line ->
            line.getParameters() != null
                && MessageFormat.format(line.getMessage(), line.getParameters()).contains(text))
        .count();
  }

  private static boolean answers(EchoClient client) {
    try {
      return client.echo(EchoRequest.newBuilder().setText("x").build()).getText().equals("x");
    } catch (ServiceException e) {
      return false;
    }
  }

  /** Calls without a pause, and what became of them. */
  private static final class Load implements AutoCloseable {
    private final AtomicLong done = new AtomicLong();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads;

    Load(EchoClient client) {
      this.threads =
          List.of(1, 2, 3, 4).stream()
              .map(number -> Thread.ofVirtual().start(() -> call(client)))
              .toList();
    }

    private void call(EchoClient client) {
      while (!stopped.get()) {
        try {
          var unused =
              client.echo(
                  EchoRequest.newBuilder().setText("load").build(),
                  CallOptions.timeout(Duration.ofSeconds(20)));
          done.incrementAndGet();
        } catch (ServiceException e) {
          failures.add(e);
        }
      }
    }

    void awaitMore(long count) {
      long goal = done.get() + count;
      Await.until(BOUND, goal + " calls", () -> done.get() >= goal || !failures.isEmpty());
    }

    long done() {
      return done.get();
    }

    List<Exception> failures() {
      return List.copyOf(failures);
    }

    @Override
    public void close() throws InterruptedException {
      stopped.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }
}
