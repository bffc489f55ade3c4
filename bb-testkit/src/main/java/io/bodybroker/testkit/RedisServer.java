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
 * there is none, the one inside the embedded-redis library is used (6.2, for Linux and macOS). With
 * TLS it listens on a second port without, for the kit alone. Every write goes to an append-only
 * file before it is answered, so what a client was told survives {@link #kill()} and {@link
 * #restart()}; not a crash of the machine.
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
  private final @Nullable ServerTls tls;

  /** Where the kit asks whether it is ready; that of clients if they come without TLS. */
  private final int plainPort;

  private RedisServer(
      int port,
      int plainPort,
      List<String> settings,
      @Nullable Path data,
      @Nullable ServerTls tls) {
    super("redis-" + COUNT.incrementAndGet(), port);
    this.plainPort = plainPort;
    this.tls = tls;
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

  /** {@code redis://127.0.0.1:port}, with TLS {@code rediss://}; the same through restarts. */
  @Override
  public String url() {
    return (tls == null ? "redis" : "rediss") + "://127.0.0.1:" + port();
  }

  @Override
  List<String> prepare() throws IOException {
    Path program = new RedisBinary(System.getenv()).path(directory());
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of("--port", String.valueOf(plainPort), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", Files.createDirectories(data).toString()));
    command.addAll(APPEND_BEFORE_ANSWERING);
    if (tls != null) {
      tls.write(directory());
      command.addAll(tlsSettings(tls));
    }
    command.addAll(settings);
    return command;
  }

  private List<String> tlsSettings(ServerTls secured) {
    boolean asks = secured.clients() != null;
    // Redis wants to be told of an authority even if it asks nobody for a certificate.
    Path authority = asks ? ServerTls.authority(directory()) : ServerTls.certificate(directory());
    return List.of(
        "--tls-port",
        String.valueOf(port()),
        "--tls-cert-file",
        ServerTls.certificate(directory()).toString(),
        "--tls-key-file",
        ServerTls.key(directory()).toString(),
        "--tls-ca-cert-file",
        authority.toString(),
        "--tls-auth-clients",
        asks ? "yes" : "no");
  }

  /**
   * A server that wants a password answers, too; one that still loads its data says so and is not
   * ready.
   */
  @Override
  boolean answers() throws IOException {
    String answer = Loopback.firstLine(plainPort, "PING\r\n");
    return answer.startsWith("+PONG") || answer.startsWith("-NOAUTH");
  }

  /** Settings of a server. Not thread-safe. */
  public static final class Builder {

    private final List<String> settings = new ArrayList<>();
    private int port;
    private @Nullable Path data;
    private @Nullable ServerTls tls;

    private Builder() {}

    /** With TLS, showing this certificate. */
    public Builder tls(TestCertificate certificate) {
      tls = new ServerTls(certificate, null);
      return this;
    }

    /** With TLS, showing this certificate, to clients for whom an authority vouches. */
    public Builder tls(TestCertificate certificate, TestAuthority clients) {
      tls = new ServerTls(certificate, clients);
      return this;
    }

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
          2,
          ports -> {
            int clients = port == 0 ? ports[0] : port;
            var server =
                new RedisServer(clients, tls == null ? clients : ports[1], settings, data, tls);
            return StartedTogether.launch(List.of(server)).getFirst();
          });
    }
  }
}
