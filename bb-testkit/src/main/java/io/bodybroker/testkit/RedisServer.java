package io.bodybroker.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real redis-server on 127.0.0.1.
 *
 * {@snippet file="io/bodybroker/testkit/RedisServerTest.java" region="example"}
 *
 * <p>The program is looked for in the environment variable {@code REDIS_SERVER_BIN} and on PATH; if
 * there is none, the one inside the embedded-redis library is used (6.2, for Linux and macOS).
 * Every write goes to an append-only file before it is answered, so what a client was told survives
 * {@link #kill()} and {@link #restart()}; not a crash of the machine.
 */
public final class RedisServer extends TestServer {

  private static final AtomicInteger COUNT = new AtomicInteger();

  /**
   * With Redis' own default, {@code appendfsync everysec}, a write is answered up to two seconds
   * before it reaches the file while an earlier fsync is under way. Without fsync each write goes
   * to the file first, which outlives the process, though not the machine.
   */
  private static final List<String> APPEND_BEFORE_ANSWERING =
      List.of("--appendonly", "yes", "--appendfsync", "no");

  private final List<String> settings;
  private final Path data;

  private RedisServer(int port, List<String> settings, @Nullable Path data) {
    super("redis-" + COUNT.incrementAndGet(), port);
    this.settings = List.copyOf(settings);
    this.data = data == null ? directory() : data;
  }

  /**
   * Starts a server; returns when it answers.
   *
   * @throws ServerException if there is no suitable program, or it does not start
   */
  public static RedisServer start() {
    return builder().start();
  }

  /** Settings for a server that differs. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code redis://127.0.0.1:port}; the same through restarts. */
  @Override
  public String url() {
    return "redis://127.0.0.1:" + port();
  }

  @Override
  List<String> prepare() throws IOException {
    Path program = new RedisBinary(System.getenv()).path(directory());
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of("--port", String.valueOf(port()), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", Files.createDirectories(data).toString()));
    command.addAll(APPEND_BEFORE_ANSWERING);
    command.addAll(settings);
    return command;
  }

  /**
   * A server that wants a password answers, too; one that still loads its data says so and is not
   * ready.
   */
  @Override
  boolean answers() throws IOException {
    String answer = Loopback.firstLine(port(), "PING\r\n");
    return answer.startsWith("+PONG") || answer.startsWith("-NOAUTH");
  }

  /** Settings of a server. Not thread-safe. */
  public static final class Builder {

    private final List<String> settings = new ArrayList<>();
    private int port;
    private @Nullable Path data;

    private Builder() {}

    /** The port; by default a free one. A test should leave it at that. */
    public Builder port(int wanted) {
      port = wanted;
      return this;
    }

    /** Where the data is kept, also when the server is closed; by default it goes with it. */
    public Builder data(Path directory) {
      data = directory.toAbsolutePath();
      return this;
    }

    /**
     * One directive of {@code redis.conf}, for example {@code config("maxmemory", "10mb")}. Port,
     * address and directory are the kit's.
     */
    public Builder config(String directive, String... values) {
      settings.add("--" + Objects.requireNonNull(directive, "directive"));
      settings.addAll(List.of(values));
      return this;
    }

    /**
     * Starts the server; returns when it answers.
     *
     * @throws ServerException if there is no suitable program, or it does not start
     */
    public RedisServer start() {
      return Ports.withFree(
          1,
          ports -> {
            var server = new RedisServer(port == 0 ? ports[0] : port, settings, data);
            return StartedTogether.launch(List.of(server)).getFirst();
          });
    }
  }
}
