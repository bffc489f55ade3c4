package io.bodybroker.sdk.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.host.HealthPages;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.telemetry.LogLines;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestAuthority;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is secret is marked, everything that can fail does, and nothing that is written holds it.
 */
class SecretsTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Pattern WHY = Pattern.compile("Authorization Violation|refused: ");
  private static final String MARK = "S3cr3tMark";
  private static final Logger SDK = Logger.getLogger("io.bodybroker.sdk");

  private final TestAuthority authority = TestAuthority.create("authority");
  private final List<String> secrets = new ArrayList<>(List.of(MARK));
  private final ConcurrentLinkedQueue<String> written = new ConcurrentLinkedQueue<>();
  @TempDir private Path directory;
  private TestFiles files = new TestFiles(Path.of(""));

  @BeforeEach
  void writeFiles() {
    SDK.setLevel(Level.ALL);
    files = new TestFiles(directory);
    files.put("ca.pem", authority.pem());
    var own = authority.certificate("client").create();
    files.put("own", own);
    addLines(own.keyPem());
    String creds = new TestJwts().creds("user", Instant.now().plus(Duration.ofDays(1)));
    files.put("user.creds", creds);
    addLines(creds);
  }

  /** Each long line of a secret file is a secret; shorter ones are words of the format. */
  private void addLines(String text) {
    text.lines()
        .filter(line -> line.length() > 40 && !line.contains(" ") && !line.contains("---"))
        .forEach(secrets::add);
  }

  @AfterEach
  void resetLevel() {
    SDK.setLevel(null);
  }

  private static String text(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static String text(LogRecord line) {
    String message =
        line.getParameters() == null
            ? line.getMessage()
            : MessageFormat.format(line.getMessage(), line.getParameters());
    return message + (line.getThrown() == null ? "" : text(line.getThrown()));
  }

  private void use(Store<EchoRequest> store) {
    try {
      store.put("key", EchoRequest.newBuilder().setText("x").build());
    } catch (ServiceException e) {
      written.add(text(e));
    }
  }

  private void run(BusConfig config) throws Exception {
    written.add(config.toString());
    var stores = new ArrayList<Store<EchoRequest>>();
    try (var host =
            ServiceHost.start(
                context -> {
                  stores.add(
                      context.fastStore(
                          "fast", EchoRequest.getDefaultInstance(), Duration.ofMinutes(1)));
                  stores.add(context.durableStore("durable", EchoRequest.getDefaultInstance()));
                },
                config);
        var pages = new HealthPages(host)) {
      Await.until(BOUND, "a reason", () -> WHY.matcher(pages.reasons()).find());
      stores.forEach(this::use);
      written.add(pages.reasons());
      written.add(pages.metrics());
    }
  }

  private BusConfig.Builder config(String natsUrl, String redisUrl) {
    return BusConfig.builder()
        .natsUrls(List.of(natsUrl))
        .redisUrl(redisUrl)
        .natsReconnectWait(Duration.ofMillis(10))
        .securityReloadInterval(Duration.ofMillis(100))
        .drainTimeout(Duration.ofSeconds(1))
        .healthHost("127.0.0.1")
        .healthPort(0);
  }

  @Test
  void noSecretIsInALogAnErrorAMetricOrTheHealth() throws Exception {
    var certificate = authority.certificate("server").hosts("127.0.0.1").create();
    String users = "authorization { user: user, password: right }";
    try (var log = LogLines.record();
        var nats = NatsServer.builder().config(users).tls(certificate).start();
        var redis =
            RedisServer.builder().tls(certificate).config("requirepass", MARK + "right").start()) {
      String wrongNats = nats.url().replace("://", "://user:" + MARK + "@");
      String wrongRedis = redis.url().replace("://", "://:" + MARK + "@");
      // A wrong password, at both.
      run(
          config(wrongNats, wrongRedis)
              .natsCa(files.path("ca.pem"))
              .redisCa(files.path("ca.pem"))
              .build());
      // A certificate of nobody that the JVM knows, at both.
      run(config(wrongNats, wrongRedis).build());
      // Credentials that the server does not know, and a certificate that nobody asked for.
      run(
          config(nats.url(), redis.url().replace("://", "://:" + MARK + "right@"))
              .natsCa(files.path("ca.pem"))
              .natsCert(files.path("own.pem"))
              .natsKey(files.path("own-key.pem"))
              .natsCreds(files.path("user.creds"))
              .redisCa(files.path("ca.pem"))
              .build());
      // Files that become useless while they are watched, or are so from the start.
      files.put("own-key.pem", files.text("own-key.pem").replace("PRIVATE KEY", "ENCRYPTED KEY"));
      try {
        run(config(nats.url(), redis.url()).redisCa(files.path("user.creds")).build());
      } catch (IllegalArgumentException e) {
        written.add(text(e));
      }
      log.all().forEach(line -> written.add(text(line)));
    }
    assertThat(written).hasSizeGreaterThan(50);
    assertThat(String.join("\n", written)).doesNotContain(secrets);
  }

  @Test
  void wouldSeeOne() {
    assertThat(secrets).hasSizeGreaterThan(3);
    assertThat(secrets).anyMatch(secret -> secret.startsWith("SU"));
  }
}
