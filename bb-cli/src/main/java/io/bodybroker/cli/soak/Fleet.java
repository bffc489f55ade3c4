package io.bodybroker.cli.soak;

import io.bodybroker.cli.process.Addresses;
import io.bodybroker.cli.process.Program;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.Ports;
import io.bodybroker.testkit.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A system of its own on free ports: nats-server, redis-server, two instances of each service that
 * the load calls and two gateways, each a process, and one process of all other services. Its
 * faults are caused by one thread; its members may be looked at by any.
 */
final class Fleet implements AutoCloseable {
  private static final int INSTANCES = 2;
  private static final Set<String> CALLED =
      Set.of("svc-auth", "svc-state-manager", "svc-time-manager", "svc-weather-manager");

  /** Longer than any start takes, on a machine that builds as well. */
  private static final Duration START_BOUND = Duration.ofSeconds(90);

  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(2);

  private final NatsServer nats = NatsServer.start();
  private final RedisServer redis;
  private final Path logs;
  private final List<Member> members = new CopyOnWriteArrayList<>();

  private Fleet(Path logs) {
    this.logs = logs;
    try {
      this.redis = RedisServer.start();
    } catch (RuntimeException e) {
      nats.close();
      throw e;
    }
  }

  /**
   * Starts all of it; returns when all are ready.
   *
   * @param logs where each process writes its own, begun anew
   * @throws IllegalStateException if one is not ready in time
   */
  static Fleet start(Path logs) {
    var fleet = new Fleet(logs);
    try {
      for (int instance = 1; instance <= INSTANCES; instance++) {
        for (Program service : called(true)) {
          fleet.add(service, instance).start();
        }
        fleet.add(Program.gateway(), instance).start();
      }
      fleet.add(Program.together("others", called(false)), 1).start();
      fleet.awaitReady();
      return fleet;
    } catch (RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  /** The others only have to be there: a gateway waits for all services. */
  private static List<Program> called(boolean areCalled) {
    return Program.services().stream()
        .filter(program -> CALLED.contains(program.name()) == areCalled)
        .toList();
  }

  /** One more instance of a program, not started yet. */
  Member add(Program program, int instance) {
    String name = program.name().replaceFirst("^svc-", "") + "-" + instance;
    List<Integer> ports = Ports.find(2);
    var addresses = new Addresses(nats.url(), redis.url(), ports.get(0), ports.get(1));
    Path log = logs.resolve(name + ".log");
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var member = new Member(program, name, addresses, log);
    members.add(member);
    return member;
  }

  /** Takes a member out that has ended. */
  void remove(Member member) {
    members.remove(member);
  }

  NatsServer nats() {
    return nats;
  }

  RedisServer redis() {
    return redis;
  }

  List<Member> members() {
    return members;
  }

  List<Member> gateways() {
    return members.stream().filter(one -> one.program().equals(Program.gateway())).toList();
  }

  /**
   * The members of each program of which one may end while another works, in the order in which
   * they were started.
   */
  List<List<Member>> twins() {
    return members.stream()
        .map(Member::program)
        .distinct()
        .map(program -> members.stream().filter(one -> one.program().equals(program)).toList())
        .filter(twins -> twins.size() > 1)
        .toList();
  }

  /**
   * Waits until all are ready.
   *
   * @throws IllegalStateException if one is not in time, or has ended
   */
  void awaitReady() {
    members.forEach(this::awaitReady);
  }

  /** Waits until one is ready; fails as {@link #awaitReady()} does. */
  void awaitReady(Member member) {
    try {
      Await.until(
          START_BOUND, member + " to be ready", () -> !member.isRunning() || isReady(member));
    } catch (AssertionError late) {
      throw new IllegalStateException(late.getMessage() + "; its log is in " + logs, late);
    }
    if (!member.isRunning()) {
      throw new IllegalStateException(member + " has ended; its log is in " + logs);
    }
  }

  private static boolean isReady(Member member) throws IOException {
    return HttpConnection.get(member.healthPort(), "/health/ready", POLL_TIMEOUT).status() == 200;
  }

  /** Drains and ends all of it. */
  @Override
  public void close() {
    var running = members.stream().filter(Member::isRunning).toList();
    running.forEach(Member::terminate);
    running.forEach(Member::awaitEnd);
    redis.close();
    nats.close();
  }
}
