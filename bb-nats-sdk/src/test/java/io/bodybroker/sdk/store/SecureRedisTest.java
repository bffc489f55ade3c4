package io.bodybroker.sdk.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.security.SecurityFiles;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestAuthority;
import io.bodybroker.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecureRedisTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final EchoRequest DOCUMENT = EchoRequest.newBuilder().setText("kept").build();

  private final TestAuthority authority = TestAuthority.create("our authority");
  @TempDir private Path directory;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(directory.resolve("ca.pem"), authority.pem());
    authority.certificate("client").create().write(directory, "own");
  }

  private BusConfig.Builder config(RedisServer redis) {
    return BusConfig.builder().redisUrl(redis.url()).redisCa(directory.resolve("ca.pem"));
  }

  private BusConfig.Builder showing(BusConfig.Builder config) {
    return config
        .redisCert(directory.resolve("own.pem"))
        .redisKey(directory.resolve("own-key.pem"));
  }

  private static void use(BusConfig config, Consumer<FastStores> action) {
    var metrics = new Metrics();
    try (var security = SecurityFiles.open(config, metrics);
        var stores =
            new FastStores(config.redisUrl(), false, Duration.ofSeconds(5), 4, metrics, security)) {
      action.accept(stores);
    }
  }

  private static Store<EchoRequest> open(FastStores stores) {
    return stores.open("secure", EchoRequest.getDefaultInstance(), Duration.ofMinutes(1));
  }

  private void assertKeeps(BusConfig config) {
    use(
        config,
        stores -> {
          var store = open(stores);
          store.put("key", DOCUMENT);
          assertThat(store.get("key").orElseThrow().value()).isEqualTo(DOCUMENT);
        });
  }

  private void assertRefused(BusConfig config, String problem) {
    use(
        config,
        stores -> {
          var store = open(stores);
          assertThatThrownBy(() -> store.put("key", DOCUMENT))
              .isInstanceOfSatisfying(
                  ServiceException.class,
                  error -> {
                    assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(error.message()).contains(problem);
                    assertThat(error.mayHaveExecuted()).isFalse();
                  });
          Await.until(
              BOUND,
              "readiness to say so",
              () -> stores.problem().filter(text -> text.contains(problem)).isPresent());
        });
  }

  private static String refusal(Store<EchoRequest> store) {
    return catchThrowableOfType(ServiceException.class, () -> store.put("key", DOCUMENT)).message();
  }

  private TestCertificate.Builder server() {
    return authority.certificate("redis").hosts("127.0.0.1");
  }

  @Test
  void keepsDocumentsOverTls() {
    try (var redis = RedisServer.builder().tls(server().create()).start()) {
      assertKeeps(config(redis).build());
    }
  }

  @Test
  void showsItsCertificateToAServerThatAsks() {
    try (var redis = RedisServer.builder().tls(server().create(), authority).start()) {
      assertKeeps(showing(config(redis)).build());
      use(
          config(redis).build(),
          stores -> {
            // Redis ends the connection with our command unread, so at times its reason is lost.
            var store = open(stores);
            Await.until(
                BOUND,
                "a refusal that says why",
                () -> refusal(store).contains("no secure connection to Redis: "));
          });
    }
  }

  @Test
  void refusesAnExpiredCertificateAndSaysSo() {
    Instant end = Instant.parse("2025-03-01T00:00:00Z");
    var expired = server().valid(Instant.parse("2025-01-01T00:00:00Z"), end).create();
    try (var redis = RedisServer.builder().tls(expired).start()) {
      assertRefused(
          config(redis).build(),
          "refused: the certificate \"CN=redis\" of 127.0.0.1 expired on " + end);
    }
  }

  @Test
  void refusesASelfSignedCertificateAndSaysSo() {
    var own = TestAuthority.selfSigned("itself").hosts("127.0.0.1").create();
    try (var redis = RedisServer.builder().tls(own).start()) {
      assertRefused(
          config(redis).build(),
          "refused: the certificate \"CN=itself\" of 127.0.0.1 is self-signed");
    }
  }

  @Test
  void refusesACertificateOfAnotherHostAndSaysSo() {
    var elsewhere = authority.certificate("redis").hosts("redis.example.org").create();
    try (var redis = RedisServer.builder().tls(elsewhere).start()) {
      assertRefused(
          config(redis).build(),
          "refused: the certificate \"CN=redis\" of 127.0.0.1 is for redis.example.org, not for"
              + " 127.0.0.1");
    }
  }

  @Test
  void asksByTheNameInTheUrl() {
    var named = authority.certificate("redis").hosts("localhost").create();
    try (var redis = RedisServer.builder().tls(named).start()) {
      String url = redis.url().replace("127.0.0.1", "localhost");
      assertKeeps(config(redis).redisUrl(url).build());
      assertRefused(config(redis).build(), "is for localhost, not for 127.0.0.1");
    }
  }

  @Test
  void refusesACertificateOfAnotherNameThanTheUrl() {
    var elsewhere = authority.certificate("redis").hosts("127.0.0.1").create();
    try (var redis = RedisServer.builder().tls(elsewhere).start()) {
      String url = redis.url().replace("127.0.0.1", "localhost");
      assertRefused(config(redis).redisUrl(url).build(), "is for 127.0.0.1, not for localhost");
    }
  }
}
