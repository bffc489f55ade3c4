package io.bodybroker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

class RedisServerTest {

  private static final Duration BOUND = Duration.ofSeconds(10);

  @Test
  void keepsWhatItAcknowledgedThroughAKill() {
    // @start region="example"
    try (RedisServer server = RedisServer.start();
        RedisClient client = RedisClient.create(server.url())) {
      client.set("greeting", "hello");

      server.kill();
      assertThatThrownBy(() -> client.get("greeting")).isInstanceOf(JedisConnectionException.class);
      server.restart();

      Await.untilSeen(BOUND, "greeting", () -> client.get("greeting"), "hello"::equals);
    }
    // @end
  }

  @Test
  void answersNothingWhilePaused() {
    try (RedisServer server = RedisServer.start();
        RedisClient client = RedisClient.create(server.url() + "?timeout=300")) {
      assertThat(client.ping()).isEqualTo("PONG");

      server.pause();
      assertThatThrownBy(client::ping).isInstanceOf(JedisConnectionException.class);
      server.resume();

      Await.untilSeen(BOUND, "answer", client::ping, "PONG"::equals);
    }
  }

  @Test
  void keepsItsDataInADirectoryOfTheUsersUnderAPortOfTheUsers(@TempDir Path data) {
    int port;
    try (RedisServer first = RedisServer.builder().data(data).start();
        RedisClient client = RedisClient.create(first.url())) {
      port = first.port();
      client.set("greeting", "hello");
    }
    try (RedisServer second = RedisServer.builder().data(data).port(port).start();
        RedisClient client = RedisClient.create(second.url())) {
      assertThat(second.port()).isEqualTo(port);
      Await.untilSeen(BOUND, "greeting", () -> client.get("greeting"), "hello"::equals);
    }
  }

  @Test
  void takesDirectives() {
    try (RedisServer server = RedisServer.builder().config("requirepass", "secret").start();
        RedisClient client = RedisClient.create("redis://:secret@127.0.0.1:" + server.port())) {
      assertThat(client.ping()).isEqualTo("PONG");
    }
  }

  @Test
  void saysWhyItDoesNotStart() {
    assertThatThrownBy(() -> RedisServer.builder().config("no-such-directive", "1").start())
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("no-such-directive");
  }

  @Test
  void usesTheEmbeddedProgramWhenThereIsNoOther(@TempDir Path directory) throws Exception {
    Path program = new RedisBinary(Map.of("PATH", "/nowhere")).path(directory);

    assertThat(program).startsWith(directory).isExecutable();
  }

  @Test
  void doesNotLookFurtherWhenItsVariableIsWrong(@TempDir Path directory) {
    var binary = new RedisBinary(Map.of("REDIS_SERVER_BIN", "/no/such/redis"));

    assertThatThrownBy(() -> binary.path(directory))
        .isInstanceOf(ServerException.class)
        .hasMessage("environment variable REDIS_SERVER_BIN: no program at /no/such/redis");
  }
}
