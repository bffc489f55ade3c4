package io.bodybroker.cli;

import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.ServerException;

/** The servers that services need, as child processes that end with this one, however it ends. */
final class LocalServers {
  private LocalServers() {}

  static AutoCloseable nats(UpOptions options) {
    try {
      return NatsServer.builder()
          .port(options.natsPort())
          .data(options.data().resolve("nats"))
          .start();
    } catch (ServerException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
  }

  static AutoCloseable redis(UpOptions options) {
    try {
      return RedisServer.builder()
          .port(options.redisPort())
          .data(options.data().resolve("redis"))
          .start();
    } catch (ServerException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
  }
}
