package io.bodybroker.cli.soak;

import io.bodybroker.cli.process.Addresses;
import io.bodybroker.cli.process.Program;
import io.bodybroker.cli.process.ProgramProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a program in a fleet, through all its runs: the same name and ports each time.
 *
 * <p>What changes it is called by one thread; the rest may be asked by any.
 */
final class Member {
  /** Where it stands, as far as we have made it so or seen it. */
  enum Phase {
    DOWN,
    STARTING,
    /** It has answered that it is alive. */
    ALIVE,
    /** It was told to end, or killed. */
    ENDING
  }

  private static final Duration END_BOUND = Duration.ofSeconds(40);

  private final Program program;
  private final String name;
  private final Addresses addresses;
  private final Path log;
  private final ReentrantLock lock = new ReentrantLock();
  private Phase phase = Phase.DOWN;
  private int runs;
  private volatile @Nullable ProgramProcess process;

  Member(Program program, String name, Addresses addresses, Path log) {
    this.program = program;
    this.name = name;
    this.addresses = addresses;
    this.log = log;
  }

  Program program() {
    return program;
  }

  String name() {
    return name;
  }

  int healthPort() {
    return addresses.healthPort();
  }

  int gatewayPort() {
    return addresses.gatewayPort();
  }

  /** How often it was started. */
  int runs() {
    lock.lock();
    try {
      return runs;
    } finally {
      lock.unlock();
    }
  }

  /** The run that should be answering now; empty before it has answered and after its end began. */
  Optional<Integer> aliveRun() {
    lock.lock();
    try {
      return phase == Phase.ALIVE ? Optional.of(runs) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** That run of it has answered that it is alive. */
  void answered(int run) {
    lock.lock();
    try {
      phase = phase == Phase.STARTING && run == runs ? Phase.ALIVE : phase;
    } finally {
      lock.unlock();
    }
  }

  private void moveTo(Phase next) {
    lock.lock();
    try {
      phase = next;
    } finally {
      lock.unlock();
    }
  }

  /** Starts it; does not wait until it is ready. */
  void start() {
    process = ProgramProcess.start(program, name, addresses, Map.of(), log);
    lock.lock();
    try {
      runs++;
      phase = Phase.STARTING;
    } finally {
      lock.unlock();
    }
  }

  /** Whether its process runs. */
  boolean isRunning() {
    ProgramProcess present = process;
    return present != null && present.isAlive();
  }

  /** Asks it to end (SIGTERM). */
  void terminate() {
    moveTo(Phase.ENDING);
    required().terminate();
  }

  /** Kills it (SIGKILL) and waits until it has ended. */
  void kill() {
    moveTo(Phase.ENDING);
    required().kill();
    awaitEnd();
  }

  /** Waits until it has ended; kills it if it does not. Returns its exit status. */
  int awaitEnd() {
    ProgramProcess present = required();
    if (!present.awaitEnd(END_BOUND)) {
      present.kill();
      present.awaitEnd(END_BOUND);
    }
    moveTo(Phase.DOWN);
    return present.exitStatus();
  }

  private ProgramProcess required() {
    ProgramProcess present = process;
    if (present == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return present;
  }

  @Override
  public String toString() {
    return name;
  }
}
