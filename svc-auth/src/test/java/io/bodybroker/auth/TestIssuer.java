package io.bodybroker.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/** The other side of tickets: a platform, made with nothing of the service's own. */
public final class TestIssuer {
  public static final String NAME = "test-platform";
  public static final String AUDIENCE = "body-broker-test";

  private final KeyPair keys;

  private TestIssuer(KeyPair keys) {
    this.keys = keys;
  }

  public static TestIssuer create() {
    try {
      return new TestIssuer(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its public key as PEM. */
  public String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** Settings that trust it; its key goes into a file of this directory. */
  public AuthSettings settings(Path directory) {
    try {
      var file = Files.writeString(directory.resolve("issuer.pem"), pem());
      return AuthSettings.of(NAME, AUDIENCE, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A good ticket. */
  public String ticket(String player, String id, Instant now) {
    return sign(
        "{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}",
        """
        {"iss":"%s","aud":"%s","sub":"%s","jti":"%s","exp":%d}
        """
            .formatted(NAME, AUDIENCE, player, id, now.getEpochSecond() + 300));
  }

  /** Whatever it says, signed. */
  public String sign(String header, String claims) {
    var content = base64(header) + "." + base64(claims);
    try {
      var signer = Signature.getInstance("Ed25519");
      signer.initSign(keys.getPrivate());
      signer.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
