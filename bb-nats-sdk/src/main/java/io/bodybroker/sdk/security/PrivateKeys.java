package io.bodybroker.sdk.security;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/** Private keys from PEM, and whether they fit a certificate. */
final class PrivateKeys {
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
  private static final byte[] PROBE = {1, 2, 3};

  private PrivateKeys() {}

  /** The first private key of a file. */
  static PrivateKey read(SecretFile file) throws UnusableFileException {
    for (Pem.Block block : Pem.blocks(file)) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return decoded(file, block.content());
        }
        case "RSA PRIVATE KEY" -> {
          return decoded(file, Der.wrapRsa(block.content()));
        }
        case "EC PRIVATE KEY" -> {
          return decoded(file, wrappedEc(file, block.content()));
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw file.unusable("its key is encrypted, and there is nobody to ask for a password");
        default -> {
          // A certificate or the parameters of a curve, which may stand beside it.
        }
      }
    }
    throw file.unusable("there is no private key in it");
  }

  private static byte[] wrappedEc(SecretFile file, byte[] content) throws UnusableFileException {
    try {
      return Der.wrapEc(content);
    } catch (IllegalArgumentException e) {
      throw file.unusable("its key does not say of which curve it is");
    }
  }

  private static PrivateKey decoded(SecretFile file, byte[] content) throws UnusableFileException {
    for (String algorithm : ALGORITHMS) {
      Optional<PrivateKey> key = decoded(algorithm, content);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw file.unusable("its key is of no algorithm that is known here, or damaged");
  }

  private static Optional<PrivateKey> decoded(String algorithm, byte[] content) {
    try {
      var factory = KeyFactory.getInstance(algorithm);
      return Optional.of(factory.generatePrivate(new PKCS8EncodedKeySpec(content)));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a JDK without " + algorithm, e);
    }
  }

  /** Whether what the private key signs is what the public key verifies. */
  static boolean fit(PrivateKey own, PublicKey shown) {
    String algorithm =
        switch (own.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    try {
      var signer = Signature.getInstance(algorithm);
      signer.initSign(own);
      signer.update(PROBE);
      byte[] signature = signer.sign();
      signer.initVerify(shown);
      signer.update(PROBE);
      return signer.verify(signature);
    } catch (InvalidKeyException e) {
      return false; // of another algorithm
    } catch (GeneralSecurityException e) {
      // A signature that is no signature for this key, say of another length or curve.
      return false;
    }
  }
}
