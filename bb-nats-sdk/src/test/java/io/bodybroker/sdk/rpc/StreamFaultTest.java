package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.test.v1.CountRequest;
import io.bodybroker.sdk.test.v1.FeedClient;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.JavaProgram;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers that are slow, stand still or are killed, and what that costs their writer. */
@TestServers
class StreamFaultTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final Duration STOPPED = Duration.ofSeconds(1);
  private static final long FOREVER = Long.MAX_VALUE;
  private static final int WINDOW = 64;

  private final NatsServer nats;

  StreamFaultTest(NatsServer nats) {
    this.nats = nats;
  }

  private RunningEcho serving(TestFeed feed, Duration keepAlive) throws InterruptedException {
    return RunningEcho.start(
        nats.url(), context -> context.serve(feed), config -> config.streamKeepAlive(keepAlive));
  }

  private JavaProgram reader(Duration keepAlive, long messages, long enough) {
    var environment =
        Map.of("NATS_URL", nats.url(), "STREAM_KEEP_ALIVE", keepAlive.toMillis() + "ms");
    return JavaProgram.start(
        FeedReaderApp.class, environment, Long.toString(messages), Long.toString(enough));
  }

  /** By nats-server's own count, since it was started. */
  private int slowConsumers() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var uri = URI.create(nats.monitoringUrl() + "/varz");
      String page = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      return Integer.parseInt(page.replaceAll("(?s).*\"slow_consumers\": (\\d+).*", "$1"));
    }
  }

  @Test
  void aReaderAHundredTimesSlowerThanItsWriterHoldsOneWindowBackAndLosesNothing() throws Exception {
    int size = 3_000;
    long messages = 500;
    var feed = new TestFeed();
    var request = CountRequest.newBuilder().setTo(messages).setPadding(size).build();
    try (var running = serving(feed, Duration.ofMillis(500))) {
      long begin = System.nanoTime();
      try (var stream = FeedClient.on(running.bus()).count(request)) {
        stream.forEach(message -> assertThat(message.getPadding().size()).isEqualTo(size));
      }
      long pause = Math.min(100 * (System.nanoTime() - begin) / messages, 10_000_000);
      long farthest = 0;
      try (var stream = FeedClient.on(running.bus()).count(request)) {
        for (long number = 1; number <= messages; number++) {
          assertThat(stream.next().orElseThrow().getNumber()).isEqualTo(number);
          farthest = Math.max(farthest, feed.sent() - messages - number);
          LockSupport.parkNanos(pause);
        }
        assertThat(stream.next()).isEmpty();
      }
      assertThat(farthest).as("messages between writer and reader").isBetween(1L, (long) WINDOW);
      assertThat(slowConsumers()).isZero();
      assertThat(
              Stream.of(running.bus(), running.host().bus())
                  .flatMap(bus -> bus.connections().all().stream())
                  .map(SupervisedConnection::require))
          .allMatch(connection -> connection.getStatistics().getDroppedCount() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {10, FOREVER})
  void stopsTheWriterOfAReaderThatIsKilledWhetherItWritesOrNot(long messages) throws Exception {
    var feed = TestFeed.lasting();
    try (var running = serving(feed, Duration.ofMillis(500));
        var reader = reader(Duration.ofMillis(500), messages, FOREVER)) {
      assertThat(running.host().isReady()).isTrue();
      reader.awaitOutput("reads");
      assertThat(feed.handlersAtWork()).isEqualTo(1);

      reader.kill();

      Await.until(STOPPED, "the handler to stop", () -> feed.handlersAtWork() == 0);
    }
  }

  @Test
  void stopsTheWriterOfAKilledReaderThatHadReadNothingForLong() throws Exception {
    var feed = TestFeed.lasting();
    try (var running = serving(feed, Duration.ofMillis(500));
        var reader = reader(Duration.ofMillis(500), FOREVER, 20)) {
      assertThat(running.host().isReady()).isTrue();
      reader.awaitOutput("has read 20");
      Await.until(BOUND, "the window to be used up", () -> feed.sent() >= WINDOW);

      reader.kill();

      Await.until(STOPPED, "the handler to stop", () -> feed.handlersAtWork() == 0);
      assertThat(feed.sent()).as("no further than one window").isLessThanOrEqualTo(20 + WINDOW);
    }
  }

  @Test
  void waitsForAReaderThatStandsStillAndLosesNothing() throws Exception {
    long messages = 300_000;
    var feed = new TestFeed();
    try (var running = serving(feed, Duration.ofMillis(500));
        var reader = reader(Duration.ofMillis(500), messages, FOREVER)) {
      assertThat(running.host().isReady()).isTrue();
      reader.awaitOutput("reads");

      reader.pause();
      long sent = feed.sent();
      assertThat(sent).isLessThan(messages);
      var before = new long[] {sent, System.nanoTime()};
      Await.until(
          BOUND,
          "the writer to stand still for some keep-alives",
          () -> {
            if (feed.sent() != before[0]) {
              before[0] = feed.sent();
              before[1] = System.nanoTime();
            }
            return System.nanoTime() - before[1] > Duration.ofMillis(1_200).toNanos();
          });
      assertThat(feed.sent() - sent).as("written on").isLessThanOrEqualTo(WINDOW);
      assertThat(feed.handlersAtWork()).isEqualTo(1);
      reader.resume();

      reader.awaitOutput("read to the end: " + messages);
    }
  }

  @Test
  void givesAReaderUpThatStandsStillTooLongWhichNeverReadsACleanEnd() throws Exception {
    var keepAlive = Duration.ofMillis(50);
    var feed = TestFeed.lasting();
    try (var running = serving(feed, keepAlive);
        var reader = reader(keepAlive, 100, FOREVER)) {
      assertThat(running.host().isReady()).isTrue();
      reader.awaitOutput("reads");

      reader.pause();
      Await.until(
          keepAlive.multipliedBy(20).plus(STOPPED.multipliedBy(4)),
          "the handler to stop",
          () -> feed.handlersAtWork() == 0);
      reader.resume();

      // After as many as it had been sent when it was stopped.
      reader.awaitOutput("ended with UNAVAILABLE after ");
    }
  }
}
