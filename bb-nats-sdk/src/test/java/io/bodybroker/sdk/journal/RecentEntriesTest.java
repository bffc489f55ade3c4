package io.bodybroker.sdk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Int64Value;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two services that have a journal from their context read from memory. */
@TestServers(scope = TestServers.Scope.METHOD)
class RecentEntriesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final List<ServiceHost> hosts = new ArrayList<>();
  private NatsServer nats;
  private BusConfig config;

  @BeforeEach
  void prepare(NatsServer server, RedisServer redis) {
    nats = server;
    config =
        BusConfig.builder()
            .natsUrls(List.of(nats.url()))
            .redisUrl(redis.url())
            .natsReconnectWait(Duration.ofMillis(50))
            .healthHost("127.0.0.1")
            .healthPort(0)
            .build();
  }

  @AfterEach
  void close() {
    hosts.forEach(ServiceHost::close);
  }

  private Journal<Int64Value> instance() throws Exception {
    var journal = new AtomicReference<Journal<Int64Value>>();
    var host =
        ServiceHost.builder(
                context -> journal.set(context.journal("recent", Int64Value.getDefaultInstance())))
            .config(config)
            .start();
    hosts.add(host);
    assertThat(host.awaitReady(BOUND)).as("ready").isTrue();
    return journal.get();
  }

  private static void append(Journal<Int64Value> journal, long value) {
    journal.append("key", last -> Optional.of(Int64Value.of(value)));
  }

  private static long read(Journal<Int64Value> journal, long atLeast) {
    return journal
        .last("key", value -> value.getValue() >= atLeast)
        .map(entry -> entry.value().getValue())
        .orElse(0L);
  }

  @Test
  void showWhatTheReaderHasSeenOrLaterAndSoonWhatIsNewest() throws Exception {
    var writer = instance();
    var reader = instance();

    assertThat(read(reader, 0)).isZero();
    for (long value = 1; value <= 200; value++) {
      append(writer, value);
      assertThat(read(reader, value)).isEqualTo(value);
      assertThat(read(reader, 0)).isLessThanOrEqualTo(value);
    }
    append(writer, 201);
    Await.untilSeen(
        BOUND, "the newest, without asking for it", () -> read(reader, 0), value -> value == 201);
  }

  @Test
  void answerFromMemoryWhileTheServerStandsStill() throws Exception {
    var journal = instance();
    append(journal, 1);
    Await.until(BOUND, "it to be in memory", () -> isInMemory(journal));
  }

  /** The server is stopped for a moment only: what is not heard for three seconds is forgotten. */
  private boolean isInMemory(Journal<Int64Value> journal) {
    long seen = read(journal, 1);
    nats.pause();
    try {
      long began = System.nanoTime();
      return read(journal, seen) == 1
          && Duration.ofNanos(System.nanoTime() - began).toMillis() < 500;
    } catch (ServiceException e) {
      return false;
    } finally {
      nats.resume();
    }
  }

  @Test
  void forgetEverythingWhileTheServerIsAway() throws Exception {
    var journal = instance();
    append(journal, 1);
    Await.until(BOUND, "it to be in memory", () -> isInMemory(journal));
    nats.kill();
    try {
      Await.until(
          BOUND,
          "the memory to be empty",
          () -> {
            try {
              return read(journal, 0) < 0;
            } catch (ServiceException e) {
              return true;
            }
          });
    } finally {
      nats.restart();
    }
    Await.until(
        BOUND,
        "it to be read again",
        () -> {
          try {
            return read(journal, 1) == 1;
          } catch (ServiceException e) {
            return false;
          }
        });
  }
}
