package io.bodybroker.bench.load;

import java.io.IOException;
import java.util.List;

/** A service and its callers, each in a process of its own. Not thread-safe. */
public final class Contender implements AutoCloseable {
  private final String name;
  private final WorkerProcess server;
  private final WorkerProcess client;

  private Contender(String name, WorkerProcess server, WorkerProcess client) {
    this.name = name;
    this.server = server;
    this.client = client;
  }

  /** Starts both. */
  public static Contender start(String name, Class<? extends Service> service, String natsUrl)
      throws IOException {
    WorkerProcess server = WorkerProcess.start(List.of(), service, "serve", natsUrl);
    try {
      return new Contender(
          name, server, WorkerProcess.start(List.of(), service, "call", server.address()));
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** With which both ends' JVMs are started. */
  public static List<String> flags() {
    return WorkerProcess.flags();
  }

  /** What tables call it. */
  public String name() {
    return name;
  }

  /** Puts load on it; what was used is of both ends. */
  public Sample run(Load load) throws IOException {
    Usage before = Usage.decode(server.ask("used"));
    Sample sample = Sample.decode(client.ask(load.encode()));
    return sample.plus(Usage.decode(server.ask("used")).minus(before));
  }

  @Override
  public void close() throws IOException {
    try (server) {
      client.close();
    }
  }
}
