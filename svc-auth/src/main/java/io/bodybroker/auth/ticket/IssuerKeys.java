package io.bodybroker.auth.ticket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The public keys of an issuer, each of which may have signed a ticket: while it changes its key,
 * there are two. Immutable and thread-safe.
 */
public final class IssuerKeys {
  private static final String ALGORITHM = "Ed25519";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

  private final List<PublicKey> keys;

  private IssuerKeys(List<PublicKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * The keys of a PEM file (RFC 7468).
   *
   * @throws IllegalArgumentException if it cannot be read, or holds no such key, naming it
   */
  public static IssuerKeys read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "auth.issuer-keys: %s cannot be read (expected: %s)".formatted(file, expected()), e);
    }
    var keys = new ArrayList<PublicKey>();
    var blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      keys.add(key(file, blocks.group(1)));
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "auth.issuer-keys: %s (expected: %s)".formatted(file, expected()));
    }
    return new IssuerKeys(keys);
  }

  private static String expected() {
    return "a PEM file with one or more Ed25519 public keys";
  }

  private static PublicKey key(Path file, String base64) {
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(base64);
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "auth.issuer-keys: %s holds another key (expected: %s)".formatted(file, expected()), e);
    }
  }

  /** Whether one of the keys made this signature. */
  boolean signed(byte[] content, byte[] signature) {
    return keys.stream().anyMatch(key -> signed(key, content, signature));
  }

  private static boolean signed(PublicKey key, byte[] content, byte[] signature) {
    try {
      var verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(content);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false; // bytes that are no signature
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
    }
  }
}
