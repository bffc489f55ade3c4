package io.bodybroker.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bodybroker.testkit.GuardedProcess.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server program that runs for a test, and what can be done to it.
 *
 * <p>A server is <em>running</em>, <em>paused</em> (SIGSTOP: it keeps its connections, answers
 * nothing, and the kernel still accepts connections for it), <em>down</em> (no process, port
 * closed, data kept) or <em>closed</em> (data gone, for good). {@link #kill()} and {@link #stop()}
 * lead from running or paused to down, {@link #restart()} from anywhere but closed to running, on
 * the same port and with the same data.
 *
 * <p>May be shared between threads; the methods that change a server's state take turns, and return
 * when the new state is reached. An interrupt shortens their waits and stays set.
 */
public abstract class TestServer implements AutoCloseable {

  private static final Duration START_BOUND = Duration.ofSeconds(20);
  private static final Duration STOP_BOUND = Duration.ofSeconds(10);
  private static final int LOG_TAIL = 40;

  private enum State {
    RUNNING,
    PAUSED,
    DOWN,
    CLOSED
  }

  private final ReentrantLock turn = new ReentrantLock();
  private final String name;
  private final int port;
  private final Path directory;
  private final Path log;
  private volatile State state = State.DOWN;
  private volatile @Nullable GuardedProcess process;

  TestServer(String name, int port) {
    this.name = name;
    this.port = port;
    try {
      this.directory = Files.createTempDirectory("bb-" + name + "-");
      this.log = Files.createFile(directory.resolve("server.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes what the server needs into its directory, and returns the command line that runs it in
   * the foreground, logging to standard output.
   */
  abstract List<String> prepare() throws IOException;

  /** Whether the server answers, as itself, right now; throws or returns false if not. */
  abstract boolean answers() throws IOException;

  /**
   * Address for a client, for example {@code nats://127.0.0.1:21000}. It stays the same through
   * restarts.
   */
  public abstract String url();

  /** Short name, unique in a cluster. */
  public final String name() {
    return name;
  }

  /** Port on 127.0.0.1 for clients. It stays the same through restarts. */
  public final int port() {
    return port;
  }

  /** Whether there is a process that is not paused. Notices a server that ended by itself. */
  public final boolean isRunning() {
    GuardedProcess current = process;
    return state == State.RUNNING && current != null && current.isAlive();
  }

  /** Whether {@link #pause()} was the last thing that happened to this server. */
  public final boolean isPaused() {
    return state == State.PAUSED;
  }

  /**
   * Process id of the running or paused server.
   *
   * @throws IllegalStateException if it is down or closed
   */
  public final long pid() {
    GuardedProcess current = process;
    if (current == null) {
      throw new IllegalStateException(this + " has no process");
    }
    return current.pid();
  }

  /**
   * Kills the server (SIGKILL), as a crash would: nothing is flushed or said to anyone. Nothing to
   * do if it is down.
   */
  public final void kill() {
    end(Signal.KILL);
  }

  /**
   * Asks the server to shut down (SIGTERM) and waits until it has; after 10 s it is killed. A
   * paused server is resumed first. Nothing to do if it is down.
   */
  public final void stop() {
    end(Signal.TERM);
  }

  /**
   * Freezes the server (SIGSTOP): connections stay open and silent, as with a hung machine. Nothing
   * that is sent to it after this method has returned is answered before {@link #resume()}.
   *
   * @throws IllegalStateException if the server is not running
   */
  public final void pause() {
    change(State.RUNNING, GuardedProcess::pause, State.PAUSED);
  }

  /**
   * Lets a paused server go on (SIGCONT) where it was.
   *
   * @throws IllegalStateException if the server is not paused
   */
  public final void resume() {
    change(State.PAUSED, paused -> paused.send(Signal.CONT), State.RUNNING);
  }

  /**
   * Starts the server again on the same port and with the same data, after stopping it if it runs;
   * returns when it answers.
   *
   * @throws ServerException if it does not answer within 20 s; it is then down
   * @throws IllegalStateException if it is closed
   */
  public final void restart() {
    turn.lock();
    try {
      end(Signal.TERM);
      launch();
      awaitAnswer();
    } finally {
      turn.unlock();
    }
  }

  /** All that the server has written so far, through all its restarts; empty once it is closed. */
  public final String logs() {
    try {
      return Files.exists(log) ? Files.readString(log, UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(log.toString(), e);
    }
  }

  /** Kills the server and deletes its data. May be called twice. */
  @Override
  public final void close() {
    turn.lock();
    try {
      end(Signal.KILL);
      state = State.CLOSED;
      DirectoryTree.delete(directory);
    } finally {
      turn.unlock();
    }
  }

  /** Name, address and state, for messages. */
  @Override
  public final String toString() {
    boolean ended = state == State.RUNNING && !isRunning();
    return name + " (" + url() + ", " + (ended ? "ended" : text(state)) + ")";
  }

  /** Where the server keeps everything it writes. */
  final Path directory() {
    return directory;
  }

  /** Starts the process without waiting for it to answer. */
  final void launch() {
    turn.lock();
    try {
      if (state == State.CLOSED) {
        throw new IllegalStateException(this + " cannot be started again");
      }
      process = GuardedProcess.start(directory, log, prepare());
      state = State.RUNNING;
    } catch (IOException e) {
      throw new ServerException("cannot launch " + this, e);
    } finally {
      turn.unlock();
    }
  }

  /** Waits for a launched server; one that does not answer is killed. */
  final void awaitAnswer() {
    try {
      Await.until(START_BOUND, this + " to answer", () -> !isRunning() || answers());
    } catch (AssertionError late) {
      kill();
      throw new ServerException(late.getMessage() + tail(), late);
    }
    GuardedProcess current = process;
    if (current != null && !current.isAlive()) {
      String end = name + " ended while starting, exit status " + current.exitStatus() + tail();
      kill();
      throw end.toLowerCase(Locale.ROOT).contains("address already in use")
          ? new ServerException.PortTaken(end)
          : new ServerException(end);
    }
  }

  /** The last lines of the log, for a message. */
  final String tail() {
    List<String> lines = logs().lines().toList();
    return "\n--- log of "
        + name
        + " ---\n"
        + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size()));
  }

  /**
   * Has the running server read its configuration again (SIGHUP).
   *
   * @throws IllegalStateException if it is not running
   */
  final void hangUp() {
    change(State.RUNNING, running -> running.send(Signal.HUP), State.RUNNING);
  }

  private void change(State from, Consumer<GuardedProcess> action, State to) {
    turn.lock();
    try {
      GuardedProcess current = process;
      if (state != from || current == null || !current.isAlive()) {
        throw new IllegalStateException(this + " is not " + text(from));
      }
      action.accept(current);
      state = to;
    } finally {
      turn.unlock();
    }
  }

  private static String text(State state) {
    return state.toString().toLowerCase(Locale.ROOT);
  }

  private void end(Signal signal) {
    turn.lock();
    try {
      GuardedProcess current = process;
      if (current == null) {
        return;
      }
      current.send(signal);
      if (state == State.PAUSED) {
        current.send(Signal.CONT);
      }
      if (!current.awaitEnd(STOP_BOUND)) {
        current.send(Signal.KILL);
        current.awaitEnd(STOP_BOUND);
      }
      process = null;
      state = State.DOWN;
    } finally {
      turn.unlock();
    }
  }
}
