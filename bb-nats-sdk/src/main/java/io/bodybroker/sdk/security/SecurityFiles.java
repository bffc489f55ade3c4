package io.bodybroker.sdk.security;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.config.ConfigException;
import io.bodybroker.sdk.metrics.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The files with keys and certificates that a process was configured with: checked at the start,
 * watched from then on.
 *
 * <p>A file that changes is used for the next connection; connections that stand go on as they are.
 * Thread-safe.
 */
public final class SecurityFiles implements AutoCloseable {
  private final Duration interval;
  private final InstantSource clock;
  private final List<Watched<?>> watched = new ArrayList<>();
  private final Optional<TlsClient> nats;
  private final Optional<TlsClient> redis;
  private final Optional<Supplier<Credentials>> credentials;
  private final Thread thread = Thread.ofVirtual().name("security-files").unstarted(this::watch);

  private SecurityFiles(BusConfig config, InstantSource clock) throws UnusableFileException {
    this.interval = config.securityReloadInterval();
    this.clock = clock;
    var natsFiles = TlsFiles.of("nats", config.natsCa(), config.natsCert(), config.natsKey());
    boolean natsTls = config.natsUrls().stream().anyMatch(url -> url.startsWith("tls:"));
    this.nats = natsTls || !natsFiles.all().isEmpty() ? tls(natsFiles) : Optional.empty();
    this.credentials = credentials(config);
    var redisFiles = TlsFiles.of("redis", config.redisCa(), config.redisCert(), config.redisKey());
    this.redis = config.redisUrl().startsWith("rediss:") ? tls(redisFiles) : Optional.empty();
  }

  /**
   * Reads and checks the files, and begins to watch them.
   *
   * @param metrics tells when what is in them expires
   * @throws ConfigException naming the setting, the file, what is wrong with it and what would be
   *     right
   */
  public static SecurityFiles open(BusConfig config, Metrics metrics) {
    return open(config, metrics, InstantSource.system());
  }

  static SecurityFiles open(BusConfig config, Metrics metrics, InstantSource clock) {
    try {
      var files = new SecurityFiles(config, clock);
      metrics.whenRead(() -> ExpiryMeters.register(metrics, files));
      if (!files.watched.isEmpty()) {
        files.thread.start();
      }
      return files;
    } catch (UnusableFileException e) {
      throw new ConfigException(
          "%s: \"%s\": %s".formatted(e.setting(), path(config, e.setting()), e.problem()));
    }
  }

  private static String path(BusConfig config, String setting) {
    Optional<Path> path =
        switch (setting) {
          case "nats.ca" -> config.natsCa();
          case "nats.cert" -> config.natsCert();
          case "nats.key" -> config.natsKey();
          case "nats.creds" -> config.natsCreds();
          case "nats.nkey" -> config.natsNkey();
          case "redis.ca" -> config.redisCa();
          case "redis.cert" -> config.redisCert();
          case "redis.key" -> config.redisKey();
          default -> throw new IllegalStateException("unknown setting " + setting);
        };
    return path.map(Path::toString).orElse("");
  }

  private Optional<TlsClient> tls(TlsFiles files) throws UnusableFileException {
    files.key().ifPresent(Credentials::warnIfOpen);
    Watched<TlsMaterial> material =
        watch(files.all(), () -> TlsMaterial.load(files, clock.instant()));
    return Optional.of(new TlsClient(material::current, clock, files.certificate().isPresent()));
  }

  private Optional<Supplier<Credentials>> credentials(BusConfig config)
      throws UnusableFileException {
    if (config.natsCreds().isPresent()) {
      var file =
          new SecretFile(
              "nats.creds",
              config.natsCreds().get(),
              "a .creds file with a NATS USER JWT and a USER NKEY SEED");
      return Optional.of(
          watch(List.of(file), () -> Credentials.ofCreds(file, clock.instant()))::current);
    }
    if (config.natsNkey().isPresent()) {
      var file = new SecretFile("nats.nkey", config.natsNkey().get(), "a file with a seed SU…");
      return Optional.of(watch(List.of(file), () -> Credentials.ofSeed(file))::current);
    }
    return Optional.empty();
  }

  private <T> Watched<T> watch(List<SecretFile> files, Watched.Loader<T> loader)
      throws UnusableFileException {
    var made = new Watched<>(files, loader);
    if (!files.isEmpty()) {
      watched.add(made);
    }
    return made;
  }

  /** TLS with NATS; empty if connections to it are to be plain. */
  public Optional<TlsClient> nats() {
    return nats;
  }

  /** TLS with Redis; empty if connections to it are to be plain. */
  public Optional<TlsClient> redis() {
    return redis;
  }

  /** Who we are to NATS, as the file says now; empty if there is none. */
  public Optional<Supplier<Credentials>> credentials() {
    return credentials;
  }

  Optional<Instant> credentialsEnd() {
    return credentials.flatMap(present -> present.get().end());
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(interval);
        watched.forEach(Watched::look);
      }
    } catch (InterruptedException e) {
      // Closed.
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the watching; what was made of the files can be used further. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
