package io.bodybroker.payment.ledger;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of what the ledger has to tell apart. */
final class Digests {
  static final int BITS = 256;

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static ByteString ofKey(String idempotencyKey) {
    return of(idempotencyKey);
  }

  static ByteString ofPosition(long position) {
    return of(Long.toString(position));
  }

  private static ByteString of(String text) {
    return ByteString.copyFrom(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** In how many bits, from the first, two digests agree. */
  static int commonBits(ByteString one, ByteString other) {
    for (int i = 0; i < one.size(); i++) {
      int difference = (one.byteAt(i) ^ other.byteAt(i)) & 0xFF;
      if (difference != 0) {
        return i * Byte.SIZE + Integer.numberOfLeadingZeros(difference) - 24;
      }
    }
    return BITS;
  }
}
