package io.bodybroker.sdk.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.connection.ConnectionState;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.Ports;
import io.bodybroker.testkit.TestAuthority;
import io.bodybroker.testkit.TestCertificate;
import io.bodybroker.testkit.TestKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SecureConnectionsTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final TestAuthority authority = TestAuthority.create("our authority");
  @TempDir private Path directory;
  private TestFiles files = new TestFiles(Path.of(""));

  @BeforeEach
  void writeFiles() {
    files = new TestFiles(directory);
    files.put("ca.pem", authority.pem());
  }

  private TestCertificate.Builder server() {
    return authority.certificate("server").hosts("127.0.0.1");
  }

  private static BusConfig.Builder config(NatsServer nats) {
    return BusConfig.builder()
        .natsUrls(List.of(nats.url()))
        .natsReconnectWait(Duration.ofMillis(10))
        .securityReloadInterval(Duration.ofMillis(100));
  }

  private void assertConnects(BusConfig config) throws InterruptedException {
    try (var bus = Bus.connect(config)) {
      assertThat(bus.awaitConnected(BOUND)).as(reason(bus)).isTrue();
    }
  }

  private static String reason(Bus bus) {
    return bus.connections().connection(ConnectionRole.CALL).reason();
  }

  private void assertRefused(BusConfig config, String... words) {
    try (var bus = Bus.connect(config)) {
      Await.until(
          BOUND,
          "a reason that says " + List.of(words),
          () -> List.of(words).stream().allMatch(word -> reason(bus).contains(word)));
      assertThat(bus.connections().connection(ConnectionRole.CALL).state())
          .isEqualTo(ConnectionState.DOWN);
    }
  }

  @ParameterizedTest
  @EnumSource(TestKey.class)
  void connectsToAServerThatOurAuthorityVouchesFor(TestKey kind) throws InterruptedException {
    try (var nats = NatsServer.builder().tls(server().key(kind).create()).start()) {
      assertConnects(config(nats).natsCa(files.path("ca.pem")).build());
    }
  }

  @Test
  void usesTlsWhateverTheSchemeIfAnAuthorityIsSet() throws InterruptedException {
    try (var nats = NatsServer.builder().tls(server().create()).start()) {
      String plain = nats.url().replace("tls://", "nats://");
      assertConnects(config(nats).natsUrls(List.of(plain)).natsCa(files.path("ca.pem")).build());
      assertRefused(config(nats).natsUrls(List.of(plain)).build(), "the server wants TLS");
    }
    try (var nats = NatsServer.start()) {
      assertRefused(config(nats).natsCa(files.path("ca.pem")).build(), "the server offers no TLS");
    }
  }

  @Test
  void refusesAnExpiredCertificateAndSaysSo() {
    Instant end = Instant.parse("2025-03-01T00:00:00Z");
    var expired = server().valid(Instant.parse("2025-01-01T00:00:00Z"), end).create();
    try (var nats = NatsServer.builder().tls(expired).start()) {
      assertRefused(
          config(nats).natsCa(files.path("ca.pem")).build(),
          "refused: the certificate \"CN=server\" of 127.0.0.1 expired on " + end);
    }
  }

  @Test
  void refusesASelfSignedCertificateAndSaysSo() {
    var own = TestAuthority.selfSigned("itself").hosts("127.0.0.1").create();
    try (var nats = NatsServer.builder().tls(own).start()) {
      String problem = "refused: the certificate \"CN=itself\" of 127.0.0.1 is self-signed";
      assertRefused(config(nats).natsCa(files.path("ca.pem")).build(), problem);
      assertRefused(config(nats).build(), problem);
    }
  }

  @Test
  void refusesAnUnknownIssuerAndSaysSo() {
    var foreign = TestAuthority.create("somebody else").certificate("server").hosts("127.0.0.1");
    try (var nats = NatsServer.builder().tls(foreign.create()).start()) {
      assertRefused(
          config(nats).natsCa(files.path("ca.pem")).build(),
          "refused: the certificate \"CN=server\" of 127.0.0.1 is issued by \"CN=somebody else\"");
    }
  }

  @Test
  void refusesACertificateOfAnotherHostAndSaysSo() {
    var elsewhere = authority.certificate("server").hosts("nats.example.org", "10.1.2.3").create();
    try (var nats = NatsServer.builder().tls(elsewhere).start()) {
      assertRefused(
          config(nats).natsCa(files.path("ca.pem")).build(),
          "refused: the certificate \"CN=server\" of 127.0.0.1 is for nats.example.org, 10.1.2.3,"
              + " not for 127.0.0.1");
    }
  }

  private static List<String> byName(NatsServer nats) {
    return List.of(nats.url().replace("127.0.0.1", "localhost"));
  }

  @Test
  void asksByTheNameInTheUrl() throws InterruptedException {
    var named = authority.certificate("server").hosts("localhost").create();
    try (var nats = NatsServer.builder().tls(named).start()) {
      var trusting = config(nats).natsCa(files.path("ca.pem"));
      assertRefused(trusting.build(), "is for localhost, not for 127.0.0.1");
      assertConnects(trusting.natsUrls(byName(nats)).build());
    }
  }

  @Test
  void refusesACertificateOfAnotherNameThanTheUrl() {
    var elsewhere = authority.certificate("server").hosts("nats.example.org", "127.0.0.1").create();
    try (var nats = NatsServer.builder().tls(elsewhere).start()) {
      assertRefused(
          config(nats).natsUrls(byName(nats)).natsCa(files.path("ca.pem")).build(),
          "refused: the certificate \"CN=server\" of localhost is for nats.example.org, 127.0.0.1,"
              + " not for localhost");
    }
  }

  @Test
  void goesOnWithAServerThatIsKnownByItsAddressOnly() throws InterruptedException {
    var named = authority.certificate("first").hosts("localhost").create();
    List<Integer> routes = Ports.find(2);
    String cluster =
        "cluster { name: c, listen: \"127.0.0.1:%d\", routes: [\"nats://127.0.0.1:%d\"] }";
    try (var first =
            NatsServer.builder()
                .jetStream(false)
                .tls(named)
                .config(cluster.formatted(routes.getFirst(), routes.getLast()))
                .start();
        var second =
            NatsServer.builder()
                .jetStream(false)
                .tls(server().create())
                .config(cluster.formatted(routes.getLast(), routes.getFirst()))
                .start();
        var bus =
            Bus.connect(
                config(first).natsUrls(byName(first)).natsCa(files.path("ca.pem")).build())) {
      var connection = bus.connections().connection(ConnectionRole.STORE);
      assertThat(connection.awaitUp(BOUND)).as(connection.reason()).isTrue();
      assertThat(connection.reason()).contains(byName(first).getFirst());
      Await.until(
          BOUND,
          "the second server to be known",
          () -> connection.require().getServers().stream().anyMatch(second.url()::endsWith));
      first.kill();
      Await.untilSeen(
          BOUND,
          "a connection to the second server",
          () -> connection.state() + " " + connection.reason(),
          ("UP connected to " + second.url())::equals);
    }
  }

  @Test
  void showsItsOwnCertificateToAServerThatAsks() throws InterruptedException {
    files.put("own", authority.certificate("client").create());
    files.put("foreign", TestAuthority.create("foreign").certificate("client").create());
    try (var nats = NatsServer.builder().tls(server().create(), authority).start()) {
      UnaryOperator<BusConfig.Builder> trusting = c -> c.natsCa(files.path("ca.pem"));
      assertConnects(
          trusting
              .apply(config(nats))
              .natsCert(files.path("own.pem"))
              .natsKey(files.path("own-key.pem"))
              .build());
      assertRefused(
          trusting.apply(config(nats)).build(), "the server ended the TLS handshake", "nats.cert");
      assertRefused(
          trusting
              .apply(config(nats))
              .natsCert(files.path("foreign.pem"))
              .natsKey(files.path("foreign-key.pem"))
              .build(),
          "the server ended the TLS handshake");
    }
  }

  @Test
  void provesWhoItIsByASeed() throws InterruptedException {
    byte[] raw = new byte[32];
    new SecureRandom().nextBytes(raw);
    files.put("seed", "a comment\n" + NKey.seed(raw) + "\n");
    String publicKey = NKey.ofSeed(NKey.seed(raw)).orElseThrow().publicKey();
    String users = "authorization { users: [ { nkey: %s } ] }".formatted(publicKey);
    try (var nats = NatsServer.builder().config(users).start()) {
      assertConnects(config(nats).natsNkey(files.path("seed")).build());
      assertRefused(config(nats).build(), "Authorization Violation");
    }
  }

  @Test
  void provesWhoItIsByACredentialsFile() throws InterruptedException {
    var jwts = new TestJwts();
    files.put("user.creds", jwts.creds("user", Instant.now().plus(Duration.ofDays(1))));
    try (var nats = NatsServer.builder().jetStream(false).config(jwts.serverConfig()).start()) {
      assertConnects(config(nats).natsCreds(files.path("user.creds")).build());
      assertRefused(config(nats).build(), "Authorization Violation");
    }
  }
}
