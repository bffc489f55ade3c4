package io.bodybroker.cli;

import io.bodybroker.auth.AuthSettings;
import io.bodybroker.gateway.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Signs players in on one's own machine, as the platform does in production: its key is made with
 * the first {@code bb up} and stays in the data directory. Stateless beyond its files.
 */
final class DevelopmentIssuer {
  private static final String NAME = "bb-up";
  private static final String AUDIENCE = "body-broker";
  private static final String ALGORITHM = "Ed25519";
  private static final Duration VALIDITY = Duration.ofMinutes(5);

  private final Path directory;

  private DevelopmentIssuer(Path directory) {
    this.directory = directory;
  }

  /** The issuer of a data directory, whose key is made if there is none. */
  static DevelopmentIssuer in(Path data) {
    var issuer = new DevelopmentIssuer(data.resolve("issuer").toAbsolutePath());
    if (!Files.exists(issuer.privateKey())) {
      issuer.makeKeys();
    }
    return issuer;
  }

  /**
   * The issuer of a data directory.
   *
   * @throws CommandException if it has none
   */
  static DevelopmentIssuer existing(Path data) {
    var issuer = new DevelopmentIssuer(data.resolve("issuer").toAbsolutePath());
    if (!Files.exists(issuer.privateKey())) {
      throw CommandException.failed(
          "no key to sign with in %s (expected: one that `./bb up` has made there; BB_DATA says where else)"
              .formatted(issuer.directory));
    }
    return issuer;
  }

  private Path privateKey() {
    return directory.resolve("private.pem");
  }

  private Path publicKey() {
    return directory.resolve("public.pem");
  }

  private void makeKeys() {
    try {
      Files.createDirectories(directory);
      KeyPair keys = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      Files.writeString(publicKey(), pem("PUBLIC KEY", keys.getPublic().getEncoded()));
      Path unfinished =
          Files.createTempFile(
              directory,
              "private",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(unfinished, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
      Files.move(unfinished, privateKey());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Settings of an auth that trusts it. */
  AuthSettings settings() {
    return AuthSettings.of(NAME, AUDIENCE, publicKey());
  }

  /** The same, as the environment of a process. */
  Map<String, String> environment() {
    return Map.of(
        "AUTH_ISSUER", NAME,
        "AUTH_AUDIENCE", AUDIENCE,
        "AUTH_ISSUER_KEYS", publicKey().toString());
  }

  /** A ticket with which a player can sign in once, for five minutes. */
  String ticket(String player) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", NAME);
    claims.put("aud", AUDIENCE);
    claims.put("sub", player);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("exp", Instant.now().plus(VALIDITY).getEpochSecond());
    String content =
        base64(JsonText.of(Map.of("alg", "EdDSA")).getBytes(StandardCharsets.UTF_8))
            + "."
            + base64(JsonText.of(claims).getBytes(StandardCharsets.UTF_8));
    try {
      var signature = Signature.getInstance(ALGORITHM);
      signature.initSign(readPrivateKey());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private PrivateKey readPrivateKey() throws GeneralSecurityException {
    try {
      String lines = Files.readString(privateKey()).replaceAll("-----[A-Z ]+-----|\\s", "");
      return KeyFactory.getInstance(ALGORITHM)
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String base64(byte[] content) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(content));
  }
}
