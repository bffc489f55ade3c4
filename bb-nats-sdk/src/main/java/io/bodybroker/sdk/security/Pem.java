package io.bodybroker.sdk.security;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text between {@code -----BEGIN X-----} and {@code -----END X-----}, after RFC 7468; what stands
 * outside is ignored.
 */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private Pem() {}

  /**
   * One block.
   *
   * @param label what it says it is
   * @param base64 what is in it
   */
  record Block(String label, String base64) {
    Block {
      Objects.requireNonNull(Base64.getMimeDecoder().decode(base64)); // throws if it is not base64
    }

    byte[] content() {
      return Base64.getMimeDecoder().decode(base64);
    }

    /** Never what is in it. */
    @Override
    public String toString() {
      return label;
    }
  }

  /** The blocks of a file, in order. */
  static List<Block> blocks(SecretFile file) throws UnusableFileException {
    var blocks = new ArrayList<Block>();
    Matcher matcher = BLOCK.matcher(file.text());
    while (matcher.find()) {
      try {
        blocks.add(new Block(matcher.group(1), matcher.group(2).strip()));
      } catch (IllegalArgumentException e) {
        throw file.unusable("its block " + matcher.group(1) + " is not base64");
      }
    }
    if (blocks.isEmpty()) {
      throw file.unusable("it is not PEM: nothing between BEGIN and END");
    }
    return blocks;
  }

  /** The certificates of a file, in order; at least one. */
  static List<X509Certificate> certificates(SecretFile file) throws UnusableFileException {
    var certificates = new ArrayList<X509Certificate>();
    for (Block block : blocks(file)) {
      if (block.label().endsWith("CERTIFICATE")) {
        certificates.add(certificate(file, block));
      }
    }
    if (certificates.isEmpty()) {
      throw file.unusable("there is no certificate in it");
    }
    return certificates;
  }

  private static X509Certificate certificate(SecretFile file, Block block)
      throws UnusableFileException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.content()));
    } catch (CertificateException e) {
      throw file.unusable("a certificate in it cannot be read");
    }
  }
}
