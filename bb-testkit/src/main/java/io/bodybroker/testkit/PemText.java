package io.bodybroker.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;

/** Bytes as PEM. */
final class PemText {
  private PemText() {}

  static String of(String label, byte[] content) {
    String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, lines, label);
  }
}
