package io.bodybroker.sdk.security;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/**
 * The key of a NATS user: Ed25519, its seed written as {@code SU…}, its public half as {@code U…}:
 * base32 of a prefix, 32 bytes and a CRC-16, after <a
 * href="https://github.com/nats-io/nkeys">nkeys</a>. With the JDK's own Ed25519, so that no
 * cryptography has to be shipped.
 */
final class NKey {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /** Eight bits for a seed and five for a user, in the first ten of sixteen: {@code SU}. */
  private static final byte[] SEED_OF_USER = {(byte) 0x95, 0};

  private static final int USER = 20 << 3;
  private static final int RAW = 32;

  private final PrivateKey key;
  private final String publicKey;

  private NKey(PrivateKey key, String publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /** The key of a seed; empty if it is not the seed of a user. */
  static Optional<NKey> ofSeed(String seed) {
    Optional<byte[]> decoded = decoded(seed);
    if (decoded.isEmpty() || decoded.get().length != RAW + 4) {
      return Optional.empty();
    }
    byte[] bytes = decoded.get();
    boolean seedOfUser = bytes[0] == SEED_OF_USER[0] && bytes[1] == SEED_OF_USER[1];
    int sum = (bytes[RAW + 2] & 0xff) | (bytes[RAW + 3] & 0xff) << 8;
    if (!seedOfUser || crc16(bytes, RAW + 2) != sum) {
      return Optional.empty();
    }
    return Optional.of(of(USER, Arrays.copyOfRange(bytes, 2, 2 + RAW)));
  }

  /**
   * The key of these bytes.
   *
   * @param kind the prefix of its public half; that of a user, but for tests
   */
  static NKey of(int kind, byte[] raw) {
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, raw));
      PublicKey publicKey = publicKey(raw);
      if (!PrivateKeys.fit(key, publicKey)) {
        throw new IllegalStateException("this JDK makes Ed25519 keys in another way");
      }
      // In its X.509 form the 32 bytes of the key come last.
      byte[] encoded = publicKey.getEncoded();
      byte[] shown = Arrays.copyOfRange(encoded, encoded.length - RAW, encoded.length);
      return new NKey(key, encoded(new byte[] {(byte) kind}, shown));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
  }

  /**
   * The JDK tells a public key only of a pair that it makes itself; it makes this one when its
   * source of chance is the seed. Whether it did is checked by who asks.
   */
  private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new Given(raw));
    return generator.generateKeyPair().getPublic();
  }

  /** Its public half, {@code U…}. */
  String publicKey() {
    return publicKey;
  }

  byte[] sign(byte[] nonce) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(nonce);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
  }

  /** The seed of a user's key, for tests that write files. */
  static String seed(byte[] raw) {
    return encoded(SEED_OF_USER, raw);
  }

  private static String encoded(byte[] prefix, byte[] content) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(prefix);
    bytes.writeBytes(content);
    int sum = crc16(bytes.toByteArray(), bytes.size());
    bytes.write(sum);
    bytes.write(sum >> 8);
    var text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes.toByteArray()) {
      buffer = (buffer << 8) | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET.charAt((buffer >> bits) & 31));
      }
      buffer &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt((buffer << (5 - bits)) & 31));
    }
    return text.toString();
  }

  private static Optional<byte[]> decoded(String text) {
    var bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = ALPHABET.indexOf(text.charAt(i));
      if (value < 0) {
        return Optional.empty();
      }
      buffer = (buffer << 5) | value;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(buffer >> bits);
        buffer &= (1 << bits) - 1;
      }
    }
    return Optional.of(bytes.toByteArray());
  }

  /** CRC-16/XMODEM. */
  private static int crc16(byte[] bytes, int length) {
    int crc = 0;
    for (int i = 0; i < length; i++) {
      crc ^= (bytes[i] & 0xff) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021;
      }
      crc &= 0xffff;
    }
    return crc;
  }

  /** Chance that is not. */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    Given(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, Math.min(bytes.length, target.length));
    }
  }
}
