package io.bodybroker.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real nats-server on 127.0.0.1, with JetStream unless it is turned off.
 *
 * {@snippet file="io/bodybroker/testkit/NatsServerTest.java" region="example"}
 *
 * <p>The program is looked for in the environment variable {@code NATS_SERVER_BIN}, the system
 * property {@code nats.server.bin}, on PATH and in {@code .bb/tools/} here or in a directory above;
 * it must be 2.10.23 or newer.
 *
 * <p>"Ready" means: the server that was started answers on its port under its own name and,
 * standing alone, says that its streams are recovered. A node of a cluster answers before the
 * cluster has a leader: see {@link NatsCluster#awaitReady()}.
 */
public final class NatsServer extends TestServer {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final Duration RELOAD_BOUND = Duration.ofSeconds(10);

  private volatile NatsConfig config;
  private final Path data;
  private volatile @Nullable ServerTls tls;

  private NatsServer(String name, NatsConfig config, @Nullable Path data, @Nullable ServerTls tls) {
    super(name, config.port());
    this.config = config;
    this.tls = tls;
    this.data = data == null ? directory().resolve("data") : data;
  }

  /**
   * Starts a server with JetStream; returns when it is ready, mostly within 0.1 s.
   *
   * @throws ServerException if there is no suitable program, or it does not start
   */
  public static NatsServer start() {
    return builder().start();
  }

  /** Settings for a server that differs. */
  public static Builder builder() {
    return new Builder();
  }

  /** A node of a cluster, not yet launched. */
  static NatsServer node(String name, NatsConfig config) {
    return new NatsServer(name, config, null, null);
  }

  /** {@code nats://127.0.0.1:port}, with TLS {@code tls://}; the same through restarts. */
  @Override
  public String url() {
    return (tls == null ? "nats" : "tls") + "://127.0.0.1:" + port();
  }

  /** The server's HTTP monitoring, for example {@code monitoringUrl() + "/jsz"}. */
  public String monitoringUrl() {
    return "http://127.0.0.1:" + config.monitoringPort();
  }

  /** What the server answers to {@code GET path} on its monitoring port, whatever the status. */
  String monitoring(String path) throws IOException {
    return Loopback.get(config.monitoringPort(), path);
  }

  /** Whether the server has recovered its data and, in a cluster, follows a leader. */
  boolean isHealthy() throws IOException {
    return monitoring("/healthz").contains("\"ok\"");
  }

  /**
   * Puts other lines in place of those given to {@link Builder#config} and has the running server
   * read them; returns when it has. Connections whose user is no longer let in are closed.
   *
   * @throws ServerException if the server refuses them, with its log; it then goes on as before
   * @throws IllegalStateException if it is not running
   */
  public void reload(String lines) {
    config = config.withExtra(lines + "\n");
    reload();
  }

  /**
   * Has the running server show another certificate to those who connect from now on; returns when
   * it does. Connections that stand go on.
   *
   * @throws ServerException if the server refuses it, with its log; it then goes on as before
   * @throws IllegalStateException if it is not running, or has no TLS
   */
  public void rotate(TestCertificate certificate) {
    ServerTls present = tls;
    if (present == null) {
      throw new IllegalStateException(this + " has no TLS");
    }
    tls = present.with(certificate);
    reload();
  }

  private void reload() {
    try {
      writeConfig();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long before = count("Reloaded server configuration");
    long refused = count("Failed to reload");
    hangUp();
    Await.until(
        RELOAD_BOUND,
        this + " to read its configuration",
        () ->
            count("Reloaded server configuration") > before || count("Failed to reload") > refused);
    if (count("Failed to reload") > refused) {
      throw new ServerException(this + " refused its configuration" + tail());
    }
  }

  private long count(String text) {
    return logs().lines().filter(line -> line.contains(text)).count();
  }

  @Override
  List<String> prepare() throws IOException {
    return List.of(NatsBinary.find().toString(), "--config", writeConfig().toString());
  }

  private Path writeConfig() throws IOException {
    ServerTls secured = tls;
    String text = config.text(name(), data);
    if (secured != null) {
      secured.write(directory());
      text += secured.natsConfig(directory());
    }
    return Files.writeString(directory().resolve("nats.conf"), text, UTF_8);
  }

  @Override
  boolean answers() throws IOException {
    boolean itself = Loopback.firstLine(port(), "").contains("\"server_name\":\"" + name() + "\"");
    return itself && (config.isClustered() || isHealthy());
  }

  /** Settings of a server. Not thread-safe. */
  public static final class Builder {

    private boolean jetStream = true;
    private String config = "";
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

    /** Whether the server offers JetStream; default true. */
    public Builder jetStream(boolean offered) {
      jetStream = offered;
      return this;
    }

    /**
     * Lines for the server's configuration file, in nats-server's own syntax, e.g. {@code
     * max_payload: 4096}; added to what was given before. Name, ports and the JetStream store are
     * the kit's.
     */
    public Builder config(String lines) {
      config += Objects.requireNonNull(lines, "lines") + "\n";
      return this;
    }

    /** The port for clients; by default a free one. A test should leave it at that. */
    public Builder port(int wanted) {
      port = wanted;
      return this;
    }

    /** Where the streams are kept, also when the server is closed; by default they go with it. */
    public Builder data(Path directory) {
      data = directory.toAbsolutePath();
      return this;
    }

    /**
     * Starts the server; returns when it is ready.
     *
     * @throws ServerException if there is no suitable program, or it does not start
     */
    public NatsServer start() {
      return Ports.withFree(
          2,
          ports -> {
            String name = "nats-" + COUNT.incrementAndGet();
            int client = port == 0 ? ports[0] : port;
            var settings = NatsConfig.standalone(client, ports[1], jetStream, config);
            return StartedTogether.launch(List.of(new NatsServer(name, settings, data, tls)))
                .getFirst();
          });
    }
  }
}
