package io.bodybroker.sdk.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateKeysTest {
  /** Of a key of 2048 bits in PKCS #8, before what PKCS #1 has. */
  private static final int RSA_WRAPPING = 26;

  private static final int EC_BYTES = 32;

  @TempDir private Path directory;

  private static KeyPair pair(String algorithm, int size) throws Exception {
    var generator = KeyPairGenerator.getInstance(algorithm);
    if (size > 0) {
      generator.initialize(size);
    }
    return generator.generateKeyPair();
  }

  private SecretFile file(String label, byte[] content) {
    String pem =
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(label, Base64.getMimeEncoder().encodeToString(content));
    return new SecretFile("nats.key", new TestFiles(directory).put("key.pem", pem), "a key");
  }

  @Test
  void readsRsaInBothForms() throws Exception {
    KeyPair pair = pair("RSA", 2048);
    byte[] wrapped = pair.getPrivate().getEncoded();
    byte[] bare = Arrays.copyOfRange(wrapped, RSA_WRAPPING, wrapped.length);

    assertThat(PrivateKeys.read(file("PRIVATE KEY", wrapped))).isEqualTo(pair.getPrivate());
    assertThat(PrivateKeys.read(file("RSA PRIVATE KEY", bare))).isEqualTo(pair.getPrivate());
  }

  @Test
  void readsEcInBothForms() throws Exception {
    KeyPair pair = pair("EC", 256);
    byte[] wrapped = pair.getPrivate().getEncoded();
    byte[] secret = Arrays.copyOfRange(wrapped, wrapped.length - EC_BYTES, wrapped.length);
    // RFC 5915: version, key and [0] the curve, here P-256.
    byte[] bare =
        HexFormat.of()
            .parseHex(
                "30310201010420" + HexFormat.of().formatHex(secret) + "a00a06082a8648ce3d030107");
    byte[] withoutCurve =
        HexFormat.of().parseHex("30250201010420" + HexFormat.of().formatHex(secret));

    assertThat(PrivateKeys.fit(PrivateKeys.read(file("PRIVATE KEY", wrapped)), pair.getPublic()))
        .isTrue();
    assertThat(PrivateKeys.fit(PrivateKeys.read(file("EC PRIVATE KEY", bare)), pair.getPublic()))
        .isTrue();
    assertThatThrownBy(() -> PrivateKeys.read(file("EC PRIVATE KEY", withoutCurve)))
        .hasMessageContaining("does not say of which curve it is");
    assertThatThrownBy(() -> PrivateKeys.read(file("EC PRIVATE KEY", new byte[] {0x30, 0x7f})))
        .isInstanceOf(UnusableFileException.class);
  }

  @Test
  void readsEd25519() throws Exception {
    KeyPair pair = pair("Ed25519", 0);

    var read = PrivateKeys.read(file("PRIVATE KEY", pair.getPrivate().getEncoded()));

    assertThat(PrivateKeys.fit(read, pair.getPublic())).isTrue();
    assertThat(PrivateKeys.fit(read, pair("Ed25519", 0).getPublic())).isFalse();
  }
}
