package io.bodybroker.sdk.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.config.ConfigException;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.testkit.TestAuthority;
import io.bodybroker.testkit.TestKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadFilesTest {
  private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
  @TempDir private static Path directory;
  private static TestFiles files = new TestFiles(Path.of(""));

  @BeforeAll
  static void writeFiles() {
    files = new TestFiles(directory);
    files.put("ca.pem", AUTHORITY.pem());
    files.put("own", AUTHORITY.certificate("own").create());
    files.put("other", AUTHORITY.certificate("other").create());
    files.put("rsa", AUTHORITY.certificate("rsa").key(TestKey.RSA).create());
    Instant now = Instant.now();
    files.put(
        "expired",
        AUTHORITY.certificate("expired").valid(Instant.EPOCH, now.minusSeconds(60)).create());
    files.put("empty", "");
    files.put("text", "not what you look for");
    files.put("half", AUTHORITY.pem().substring(0, 200));
    files.put("broken", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    files.put("secret-key", "-----BEGIN PRIVATE KEY-----\nU0VDUkVU\n-----END PRIVATE KEY-----\n");
    files.put(
        "encrypted",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
  }

  private void open(BusConfig config) {
    SecurityFiles.open(config, new Metrics()).close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none       | there is no such file
          empty      | it is not PEM: nothing between BEGIN and END
          text       | it is not PEM: nothing between BEGIN and END
          half       | it is not PEM: nothing between BEGIN and END
          broken     | a certificate in it cannot be read
          own-key.pem| there is no certificate in it
          """)
  void anAuthorityMustBeCertificates(String name, String problem) {
    Path file = files.path(name);

    assertThatThrownBy(() -> open(BusConfig.builder().natsCa(file).build()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "configuration: nats.ca: \"%s\": %s (expected: a PEM file with CERTIFICATE blocks)"
                .formatted(file, problem));
    assertThatThrownBy(
            () -> open(BusConfig.builder().redisUrl("rediss://h:1").redisCa(file).build()))
        .hasMessageContaining("redis.ca: \"" + file + "\": " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          own.pem     | other-key.pem | nats.key  | its key does not fit the certificate "CN=own"
          own.pem     | rsa-key.pem   | nats.key  | its key does not fit the certificate "CN=own"
          own.pem     | own.pem       | nats.key  | there is no private key in it
          own.pem     | encrypted     | nats.key  | its key is encrypted
          own.pem     | secret-key    | nats.key  | its key is of no algorithm that is known here
          own.pem     | none          | nats.key  | there is no such file
          expired.pem | expired-key.pem | nats.cert | its certificate "CN=expired" expired on
          own-key.pem | own-key.pem   | nats.cert | there is no certificate in it
          """)
  void ourCertificateMustBeGoodAndFitItsKey(
      String certificate, String key, String setting, String problem) {
    Path at = files.path(setting.equals("nats.key") ? key : certificate);
    var config =
        BusConfig.builder().natsCert(files.path(certificate)).natsKey(files.path(key)).build();

    assertThatThrownBy(() -> open(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("configuration: %s: \"%s\": %s".formatted(setting, at, problem))
        .hasMessageContaining("(expected: ")
        .message()
        .doesNotContain("U0VDUkVU");
  }

  @Test
  void certificateAndKeyComeTogether() {
    assertThatThrownBy(() -> BusConfig.builder().natsCert(files.path("own.pem")).build())
        .hasMessageContaining("nats.cert")
        .hasMessageContaining("(expected: nats.key beside it, its private key)");
    assertThatThrownBy(() ->
            BusConfig.builder()
                .redisUrl("rediss://h:1")
                .redisKey(files.path("own-key.pem"))
                .build())
        .hasMessageContaining("redis.key")
        .hasMessageContaining("(expected: redis.cert beside it");
  }

  @Test
  void filesForRedisNeedItsSecureScheme() {
    assertThatThrownBy(() ->
            BusConfig.builder()
                .redisUrl("redis://u:SECRET@h:1")
                .redisCa(files.path("ca.pem"))
                .build())
        .hasMessageContaining("redis.url: \"redis://***@h:1\" (expected: rediss://host:port");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none  | there is no such file
          text  | there is no seed in it
          seed  | its seed is damaged, or not one of a user
          """)
  void aSeedMustBeOneOfAUser(String name, String problem) {
    files.put("seed", "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCUAVY");
    Path file = files.path(name);

    assertThatThrownBy(() -> open(BusConfig.builder().natsNkey(file).build()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("configuration: nats.nkey: \"%s\": %s".formatted(file, problem))
        .message()
        .doesNotContain("SUACSSL3");
  }

  @Test
  void credentialsMustHoldAJwtThatIsValid() {
    Path without = files.put("without.creds", "no jwt here");
    assertThatThrownBy(() -> open(BusConfig.builder().natsCreds(without).build()))
        .hasMessageContaining("nats.creds")
        .hasMessageContaining("there is no NATS USER JWT in it");

    var jwts = new TestJwts();
    Path late =
        files.put("late.creds", jwts.creds("late", Instant.now().minus(Duration.ofHours(1))));
    assertThatThrownBy(() -> open(BusConfig.builder().natsCreds(late).build()))
        .hasMessageContaining("its JWT expired on")
        .hasMessageContaining("(expected: a JWT that is valid now)");
  }

  @Test
  void credentialsMustExpireAtATimeThatThereIs() {
    String claims =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"exp\":999999999999999999}".getBytes(US_ASCII));
    Path never =
        files.put(
            "never.creds",
            "-----BEGIN NATS USER JWT-----\ne30.%s.x\n------END NATS USER JWT------\n"
                .formatted(claims));

    assertThatThrownBy(() -> open(BusConfig.builder().natsCreds(never).build()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("its JWT expires at no time that there is (expected: a .creds file");
  }

  @Test
  void oneOfCredentialsAndSeedIsEnough() {
    assertThatThrownBy(
            () -> BusConfig.builder().natsCreds(files.path("a")).natsNkey(files.path("b")).build())
        .hasMessageContaining("nats.nkey")
        .hasMessageContaining("nats.creds says already who we are");
  }

  @Test
  void severalAuthoritiesMayStandInOneFile() {
    files.put("two.pem", AUTHORITY.pem() + "\nsome text\n" + TestAuthority.create("b").pem());

    try (var opened =
        SecurityFiles.open(
            BusConfig.builder().natsCa(files.path("two.pem")).build(), new Metrics())) {
      assertThat(opened.nats().orElseThrow().material().trust().getAcceptedIssuers()).hasSize(2);
    }
  }
}
