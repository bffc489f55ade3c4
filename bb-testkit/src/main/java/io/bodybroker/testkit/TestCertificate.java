package io.bodybroker.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A certificate and its private key, both as PEM. Immutable and thread-safe. */
public final class TestCertificate {
  private final String pem;
  private final String keyPem;

  private TestCertificate(String pem, String keyPem) {
    this.pem = pem;
    this.keyPem = keyPem;
  }

  /** The certificate. */
  public String pem() {
    return pem;
  }

  /** Its private key, in PKCS #8. */
  public String keyPem() {
    return keyPem;
  }

  /**
   * Puts both into files, each replaced in one step: {@code name.pem} and {@code name-key.pem},
   * which only its owner can read.
   */
  public void write(Path directory, String name) {
    replace(directory.resolve(name + ".pem"), pem);
    replace(directory.resolve(name + "-key.pem"), keyPem);
  }

  private static void replace(Path file, String text) {
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, text, US_ASCII);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a certificate says. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final @Nullable TestAuthority authority;
    private List<String> hosts = List.of();
    private Instant from = Instant.now().minus(Duration.ofDays(1));
    private Instant to = Instant.now().plus(Duration.ofDays(90));
    private TestKey kind = TestKey.EC;

    Builder(String name, @Nullable TestAuthority authority) {
      this.name = name;
      this.authority = authority;
    }

    /** The hosts it is for: names, or addresses such as {@code 127.0.0.1}; by default none. */
    public Builder hosts(String... namesAndAddresses) {
      hosts = List.of(namesAndAddresses);
      return this;
    }

    /** When it is valid; by default from yesterday, for 90 days. */
    public Builder valid(Instant begin, Instant end) {
      from = begin;
      to = end;
      return this;
    }

    /** The kind of its key; by default {@link TestKey#EC}. */
    public Builder key(TestKey wanted) {
      kind = wanted;
      return this;
    }

    /** Makes it. */
    public TestCertificate create() {
      KeyPair keys = kind.generate();
      var text =
          new CertificateText(
              TestAuthority.serial(),
              authority == null ? name : authority.name(),
              name,
              from,
              to,
              keys.getPublic(),
              hosts,
              false);
      byte[] certificate = text.signedWith(authority == null ? keys.getPrivate() : authority.key());
      return new TestCertificate(
          PemText.of("CERTIFICATE", certificate),
          PemText.of("PRIVATE KEY", keys.getPrivate().getEncoded()));
    }
  }
}
