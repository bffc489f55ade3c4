package io.bodybroker.bench.load;

import java.io.IOException;

/**
 * A service in a process of its own that several contenders have behind them, so that all of them
 * wait for the same. Not thread-safe.
 */
public final class Backend implements AutoCloseable {
  private final WorkerProcess server;

  private Backend(WorkerProcess server) {
    this.server = server;
  }

  /** Starts it. */
  public static Backend start(Class<? extends Service> service, String natsUrl) throws IOException {
    return new Backend(WorkerProcess.start(Place.USUAL, service, "serve", natsUrl));
  }

  Usage used() throws IOException {
    return Usage.decode(server.ask("used"));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
