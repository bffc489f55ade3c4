package io.bodybroker.testkit;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Vouches for certificates that a test needs: good ones, expired ones, ones for another host, ones
 * of clients.
 *
 * {@snippet file="io/bodybroker/testkit/TlsServersTest.java" region="example"}
 *
 * <p>Two authorities of one name do not know each other: they have different keys. Immutable and
 * thread-safe.
 */
public final class TestAuthority {
  private static final AtomicLong SERIALS = new AtomicLong(1);
  private static final Duration YEARS = Duration.ofDays(3650);
  private static final Duration YESTERDAY = Duration.ofDays(1);

  private final String name;
  private final KeyPair keys;
  private final String pem;

  private TestAuthority(String name) {
    this.name = name;
    this.keys = TestKey.EC.generate();
    Instant now = Instant.now();
    byte[] certificate =
        new CertificateText(
                serial(),
                name,
                name,
                now.minus(YESTERDAY),
                now.plus(YEARS),
                keys.getPublic(),
                List.of(),
                true)
            .signedWith(keys.getPrivate());
    this.pem = PemText.of("CERTIFICATE", certificate);
  }

  /** A new authority. */
  public static TestAuthority create(String name) {
    return new TestAuthority(name);
  }

  /** Starts a certificate of its own kind: one that nobody but itself vouches for. */
  public static TestCertificate.Builder selfSigned(String name) {
    return new TestCertificate.Builder(name, null);
  }

  /** Starts a certificate that this authority vouches for. */
  public TestCertificate.Builder certificate(String name) {
    return new TestCertificate.Builder(name, this);
  }

  /** Its own certificate, for those who trust it. */
  public String pem() {
    return pem;
  }

  String name() {
    return name;
  }

  PrivateKey key() {
    return keys.getPrivate();
  }

  static BigInteger serial() {
    return BigInteger.valueOf(SERIALS.getAndIncrement());
  }
}
