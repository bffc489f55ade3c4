package io.bodybroker.testkit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;

/** Kinds of keys. */
public enum TestKey {
  /** On the curve P-256: made in a moment. */
  EC("EC", 256, "SHA256withECDSA"),
  /** 2048 bits: takes a tenth of a second, or two. */
  RSA("RSA", 2048, "SHA256withRSA");

  private final String algorithm;
  private final int size;
  private final String signature;

  TestKey(String algorithm, int size, String signature) {
    this.algorithm = algorithm;
    this.size = size;
    this.signature = signature;
  }

  KeyPair generate() {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  static TestKey of(PrivateKey key) {
    return valueOf(key.getAlgorithm());
  }

  byte[] sign(PrivateKey key, byte[] content) {
    try {
      var signer = Signature.getInstance(signature);
      signer.initSign(key);
      signer.update(content);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + signature, e);
    }
  }
}
