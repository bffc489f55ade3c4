package io.bodybroker.sdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionState;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.PutRequest;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A host that needs NATS, JetStream and Redis, while they are away: alive throughout, ready within
 * five seconds of their return, and then of use.
 */
class OutageTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Duration BACK = Duration.ofSeconds(5);

  private static final String USERS =
      """
      authorization { users: [ { user: "echo", password: "%s" } ] }
      """;

  /** What is away. */
  enum Away {
    NATS,
    REDIS,
    BOTH;

    boolean hasNats() {
      return this != REDIS;
    }

    boolean hasRedis() {
      return this != NATS;
    }
  }

  private final NatsServer nats = NatsServer.builder().config(USERS.formatted("first")).start();
  private final RedisServer redis = RedisServer.start();
  private final BusConfig config =
      BusConfig.builder()
          .natsUrls(List.of("nats://echo:first@127.0.0.1:" + nats.port()))
          .natsPingInterval(Duration.ofSeconds(1))
          .redisUrl(redis.url())
          .healthHost("127.0.0.1")
          .healthPort(0)
          .build();

  @AfterEach
  void stop() {
    nats.close();
    redis.close();
  }

  private ServiceHost start() {
    return ServiceHost.start(context -> context.serve(new NotedEcho(context)), config);
  }

  private static void awaitNotReady(HealthPages pages, String... names) {
    Await.untilAsserted(
        BOUND,
        "not to be ready for want of " + List.of(names),
        () -> {
          assertThat(pages.ready()).isEqualTo(503);
          for (String name : names) {
            assertThat(pages.reasons()).contains("\"name\":\"" + name + "\",\"status\":\"DOWN\"");
          }
          assertThat(pages.reasons()).doesNotContain("first");
        });
  }

  private static void awaitReady(HealthPages pages) {
    Await.until(BACK, "to be ready again", () -> pages.ready() == 200);
  }

  private static void awaitAnswer(Bus bus) {
    var request = PutRequest.newBuilder().setKey("k").setValue("v").build();
    Await.until(BACK, "a call to succeed", () -> EchoClient.on(bus).put(request) != null);
  }

  private void kill(Away away) {
    if (away.hasNats()) {
      nats.kill();
    }
    if (away.hasRedis()) {
      redis.kill();
    }
  }

  private void end(Away away) {
    if (away.hasNats()) {
      nats.restart();
    }
    if (away.hasRedis()) {
      redis.restart();
    }
  }

  private static String[] missing(Away away) {
    return switch (away) {
      case NATS -> new String[] {"nats-serve", "nats-call", "nats-store"};
      case REDIS -> new String[] {"redis"};
      case BOTH -> new String[] {"nats-serve", "nats-call", "nats-store", "redis"};
    };
  }

  @ParameterizedTest
  @EnumSource
  void waitsAliveWhenItStartsDuringOne(Away away) throws Exception {
    kill(away);
    try (var host = start();
        var pages = new HealthPages(host);
        var bus = Bus.connect(config)) {
      awaitNotReady(pages, missing(away));

      end(away);

      awaitReady(pages);
      awaitAnswer(bus);
    }
  }

  @ParameterizedTest
  @EnumSource
  void comesBackAfterOne(Away away) throws Exception {
    try (var host = start();
        var pages = new HealthPages(host);
        var bus = Bus.connect(config)) {
      Await.until(BOUND, "to be ready", () -> pages.ready() == 200);
      awaitAnswer(bus);
      kill(away);
      awaitNotReady(pages, missing(away));

      end(away);

      awaitReady(pages);
      awaitAnswer(bus);
    }
  }

  @ParameterizedTest
  @EnumSource
  void comesBackAfterTheyStoodStill(Away away) throws Exception {
    try (var host = start();
        var pages = new HealthPages(host);
        var bus = Bus.connect(config)) {
      Await.until(BOUND, "to be ready", () -> pages.ready() == 200);
      awaitAnswer(bus);
      if (away.hasNats()) {
        nats.pause();
      }
      if (away.hasRedis()) {
        redis.pause();
      }
      awaitNotReady(pages, missing(away));

      if (away.hasNats()) {
        nats.resume();
      }
      if (away.hasRedis()) {
        redis.resume();
      }

      awaitReady(pages);
      awaitAnswer(bus);
    }
  }

  @Test
  void comesBackWhenItsCredentialsWereRevokedAndAreRestored() throws Exception {
    try (var host = start();
        var pages = new HealthPages(host);
        var bus = Bus.connect(config)) {
      Await.until(BOUND, "to be ready", () -> pages.ready() == 200);
      awaitAnswer(bus);

      nats.reload(USERS.formatted("second"));

      awaitNotReady(pages, missing(Away.NATS));
      // Refused twice, jnats closes a connection for good; after that only the supervisor tries.
      Await.untilSeen(
          BOUND,
          "every connection to be refused when it is made anew",
          () -> reasons(host),
          all -> all.stream().allMatch(OutageTest::isRefusal));

      nats.reload(USERS.formatted("first"));

      awaitReady(pages);
      assertThat(host.bus().connections().all())
          .hasSize(3)
          .allMatch(connection -> connection.state() == ConnectionState.UP);
      awaitAnswer(bus);
    }
  }

  private static List<String> reasons(ServiceHost host) {
    return host.bus().connections().all().stream().map(SupervisedConnection::reason).toList();
  }

  private static boolean isRefusal(String reason) {
    return reason.toLowerCase(Locale.ROOT).contains("auth");
  }

  @Test
  void isReadyWithoutRedisWhenNothingIsKeptThere() throws Exception {
    redis.kill();
    try (var host = ServiceHost.start(context -> {}, config);
        var pages = new HealthPages(host)) {
      Await.until(BOUND, "to be ready", () -> pages.ready() == 200);
      assertThat(pages.reasons()).doesNotContain("redis");
    }
  }
}
