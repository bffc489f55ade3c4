package io.bodybroker.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A service and its callers, each in a process of its own. Not thread-safe. */
public final class Contender implements AutoCloseable {
  private final String name;
  private final WorkerProcess server;
  private final WorkerProcess client;
  private final Optional<Backend> backend;

  private Contender(
      String name, WorkerProcess server, WorkerProcess client, Optional<Backend> backend) {
    this.name = name;
    this.server = server;
    this.client = client;
    this.backend = backend;
  }

  /** Starts both. */
  public static Contender start(String name, Class<? extends Service> service, String natsUrl)
      throws IOException {
    return start(name, service, natsUrl, Place.USUAL, Place.USUAL);
  }

  /** Starts both, each in a place of its own. */
  public static Contender start(
      String name, Class<? extends Service> service, String natsUrl, Place serving, Place calling)
      throws IOException {
    return start(name, service, natsUrl, serving, calling, Optional.empty());
  }

  /**
   * Starts both in front of a service that has been started.
   *
   * @param backend closed by whoever opened it, after the contenders in front of it
   */
  public static Contender before(
      Backend backend, String name, Class<? extends Service> service, String natsUrl)
      throws IOException {
    return start(name, service, natsUrl, Place.USUAL, Place.USUAL, Optional.of(backend));
  }

  private static Contender start(
      String name,
      Class<? extends Service> service,
      String natsUrl,
      Place serving,
      Place calling,
      Optional<Backend> backend)
      throws IOException {
    WorkerProcess server = WorkerProcess.start(serving, service, "serve", natsUrl);
    try {
      var client = WorkerProcess.start(calling, service, "call", server.address());
      return new Contender(name, server, client, backend);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /**
   * Starts both ends of one that is no JVM.
   *
   * @param program which talks as {@link Worker} does, after {@code serve} or {@code call} and the
   *     address; what it says of its heap is 0
   */
  public static Contender start(String name, Path program, String natsUrl) throws IOException {
    WorkerProcess server = WorkerProcess.start(List.of(program.toString(), "serve", natsUrl));
    try {
      var client = WorkerProcess.start(List.of(program.toString(), "call", server.address()));
      return new Contender(name, server, client, Optional.empty());
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** With which both ends' JVMs are started in {@link Place#USUAL}. */
  public static List<String> flags() {
    return WorkerProcess.flags(Place.USUAL);
  }

  /** What tables call it. */
  public String name() {
    return name;
  }

  /** Puts load on it; what was used is of all its processes. */
  public Sample run(Load load) throws IOException {
    return round(load).total();
  }

  /** Puts load on it. */
  public Round round(Load load) throws IOException {
    Usage server = served();
    Usage behind = behind();
    Sample calls = Sample.decode(client.ask(load.encode()));
    return new Round(calls, served().minus(server), behind().minus(behind));
  }

  private Usage served() throws IOException {
    return Usage.decode(server.ask("used"));
  }

  private Usage behind() throws IOException {
    return backend.isPresent() ? backend.get().used() : Usage.NONE;
  }

  @Override
  public void close() throws IOException {
    try (server) {
      client.close();
    }
  }
}
