package io.bodybroker.bench.load;

import io.bodybroker.testkit.NatsServer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A nats-server for contenders that are measured beside each other, each in an account of its own.
 * In one account those that serve the same subject would answer each other's calls: a queue group
 * would spread them over all, and of two groups each would get every call. Thread-safe.
 */
public final class Broker implements AutoCloseable {
  private static final int ACCOUNTS = 64;

  /** 1,024 answers of 64 KB are as much as the server lets wait for one connection by default. */
  private static final String ROOM_FOR_ALL = "max_pending: 268435456\n";

  private final NatsServer server;
  private final AtomicInteger used = new AtomicInteger();

  private Broker(NatsServer server) {
    this.server = server;
  }

  /** Starts one. */
  public static Broker start() {
    var config = new StringBuilder(ROOM_FOR_ALL).append("accounts {\n");
    for (int i = 0; i < ACCOUNTS; i++) {
      config.append(
          "  %s { jetstream: enabled, users: [{ user: %1$s, password: %1$s }] }\n"
              .formatted(name(i)));
    }
    return new Broker(NatsServer.builder().config(config.append('}').toString()).start());
  }

  private static String name(int account) {
    return "contender" + account;
  }

  /**
   * Where an account is that nobody was told of before.
   *
   * @throws IllegalStateException if there are no more
   */
  public String newAccount() {
    int account = used.getAndIncrement();
    if (account >= ACCOUNTS) {
      throw new IllegalStateException("more than %d accounts".formatted(ACCOUNTS));
    }
    return server.url().replace("//", "//%1$s:%1$s@".formatted(name(account)));
  }

  @Override
  public void close() {
    server.close();
  }
}
