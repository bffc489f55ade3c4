package io.bodybroker.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsServersTest {
  private final TestAuthority authority = TestAuthority.create("kit authority");

  private static X509Certificate parsed(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(UTF_8)));
  }

  private static SSLContext trusting(String pem) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", parsed(pem));
    var factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  @ParameterizedTest
  @EnumSource(TestKey.class)
  void makesACertificateThatSaysWhatItWasTold(TestKey kind) throws Exception {
    Instant from = Instant.parse("2020-01-01T00:00:00Z");
    Instant to = Instant.parse("2020-02-01T00:00:00Z");

    var made =
        authority
            .certificate("old")
            .hosts("nats.example", "127.0.0.1")
            .valid(from, to)
            .key(kind)
            .create();

    X509Certificate read = parsed(made.pem());
    assertThat(read.getSubjectX500Principal().getName()).isEqualTo("CN=old");
    assertThat(read.getIssuerX500Principal().getName()).isEqualTo("CN=kit authority");
    assertThat(read.getNotBefore().toInstant()).isEqualTo(from);
    assertThat(read.getNotAfter().toInstant()).isEqualTo(to);
    assertThat(read.getSubjectAlternativeNames().toString()).contains("nats.example", "127.0.0.1");
    read.verify(parsed(authority.pem()).getPublicKey());
  }

  @Test
  void natsServerShowsItsCertificateAndAnotherAfterItWasRotated() throws Exception {
    // @start region="example"
    TestAuthority known = TestAuthority.create("known");
    TestCertificate first = known.certificate("first").hosts("127.0.0.1").create();
    try (NatsServer nats = NatsServer.builder().tls(first).start()) {
      Options options =
          Options.builder().server(nats.url()).sslContext(trusting(known.pem())).build();
      try (var connection = Nats.connect(options)) {
        nats.rotate(known.certificate("second").hosts("127.0.0.1").create());
        connection.flush(Duration.ofSeconds(5));
      }
      // @end
      TestAuthority other = TestAuthority.create("other");
      nats.rotate(other.certificate("third").hosts("127.0.0.1").create());
      assertThatThrownBy(() -> Nats.connect(options)).isInstanceOf(java.io.IOException.class);
    }
  }

  @Test
  void redisServerSpeaksTls() throws Exception {
    var certificate = authority.certificate("redis").hosts("127.0.0.1").create();
    try (RedisServer redis = RedisServer.builder().tls(certificate).start();
        SSLSocket socket =
            (SSLSocket)
                trusting(authority.pem())
                    .getSocketFactory()
                    .createSocket("127.0.0.1", redis.port())) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(5));
      socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));

      assertThat(new String(socket.getInputStream().readNBytes(5), UTF_8)).isEqualTo("+PONG");
      assertThat(redis.url()).startsWith("rediss://");
    }
  }

  @Test
  void serversAskClientsForACertificate() throws Exception {
    var certificate = authority.certificate("server").hosts("127.0.0.1").create();
    try (RedisServer redis = RedisServer.builder().tls(certificate, authority).start();
        NatsServer nats = NatsServer.builder().tls(certificate, authority).start()) {
      SSLContext nothingToShow = trusting(authority.pem());
      assertThatThrownBy(() -> ping(nothingToShow, redis.port()))
          .isInstanceOf(SSLHandshakeException.class);
      Options options = Options.builder().server(nats.url()).sslContext(nothingToShow).build();
      assertThatThrownBy(() -> Nats.connect(options)).isInstanceOf(java.io.IOException.class);
    }
  }

  private static int ping(SSLContext context, int port) throws java.io.IOException {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));
      return socket.getInputStream().read();
    }
  }
}
