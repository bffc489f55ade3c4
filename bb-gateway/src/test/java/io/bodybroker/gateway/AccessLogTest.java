package io.bodybroker.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The line that each request leaves in the log. */
@TestServers(jetStream = false)
class AccessLogTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Logger LOG = Logger.getLogger("io.bodybroker.gateway.access");

  private final Lines lines = new Lines();

  @BeforeEach
  void record() {
    LOG.addHandler(lines);
  }

  @AfterEach
  void stop() {
    LOG.removeHandler(lines);
  }

  private RunningGateway start(NatsServer nats, boolean isOn) {
    UnaryOperator<Gateway.Builder> more =
        gateway ->
            gateway.config(RunningGateway.settings().accessLog(isOn).callTimeout(BOUND).build());
    return RunningGateway.start(nats.url(), more).serve();
  }

  private void await(String pattern) {
    Await.untilSeen(
        BOUND,
        pattern,
        () -> List.copyOf(lines.texts),
        texts -> texts.stream().anyMatch(text -> text.matches(pattern)));
  }

  @Test
  void saysWhoAskedForWhatAndWhatCameOfItButNotTheQuery(NatsServer nats) throws Exception {
    try (var running = start(nats, true)) {
      running.get("/v1/books/b?shelfId=secret", "User-Agent", "probe/1");
      running.get("/v1/books/b/pages?pages=2", "User-Agent", "probe/2");
      running.get("/v1/nope", "User-Agent", "probe/3");

      await("GET /v1/books/b 200 \\d+ bytes \\d+\\.\\d ms 127\\.0\\.0\\.1 \"probe/1\"");
      await("GET /v1/books/b/pages 200 [1-9]\\d+ bytes .*\"probe/2\"");
      await("GET /v1/nope 404 .*\"probe/3\"");
      assertThat(lines.texts).noneMatch(text -> text.contains("secret"));
    }
  }

  @Test
  void saysThatAClientHasGone(NatsServer nats) throws Exception {
    try (var running = start(nats, true)) {
      try (var connection = new RawHttp(running.gateway.port())) {
        connection.request("GET /v1/books/slow", "X-Nothing: here");
        assertThat(running.library.slowEntered.await(BOUND.toSeconds(), SECONDS)).isTrue();
      }

      await("GET /v1/books/slow 499 0 bytes .*");
    }
  }

  @Test
  void saysNothingWhenSwitchedOff(NatsServer nats) throws Exception {
    try (var running = start(nats, false)) {
      running.get("/v1/books/b");
    }

    assertThat(lines.texts).isEmpty();
  }

  private static final class Lines extends Handler {
    private final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      texts.add(new SimpleFormatter().formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
