package io.bodybroker.sdk.security;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * As much of DER (ITU-T X.690) as it takes to wrap a key in the older PEM forms into PKCS #8, the
 * only one that the JDK reads.
 */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int NULL = 0x05;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int SEQUENCE = 0x30;

  /** The curve of an EC key: {@code [0]} in RFC 5915. */
  private static final int PARAMETERS = 0xa0;

  /** 1.2.840.113549.1.1.1. */
  private static final byte[] RSA = {
    0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01
  };

  /** 1.2.840.10045.2.1. */
  private static final byte[] EC = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

  private static final byte[] VERSION = {0};

  private Der() {}

  /** An {@code RSA PRIVATE KEY} (PKCS #1) as PKCS #8. */
  static byte[] wrapRsa(byte[] key) {
    return wrapped(
        element(SEQUENCE, element(OBJECT_IDENTIFIER, RSA), element(NULL, new byte[0])), key);
  }

  /**
   * An {@code EC PRIVATE KEY} (SEC 1, RFC 5915) as PKCS #8.
   *
   * @throws IllegalArgumentException if it does not name its curve
   */
  static byte[] wrapEc(byte[] key) {
    return wrapped(element(SEQUENCE, element(OBJECT_IDENTIFIER, EC), curve(key)), key);
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, element(INTEGER, VERSION), algorithm, element(OCTETS, key));
  }

  private static byte[] curve(byte[] key) {
    try {
      var whole = new Element(key, 0);
      for (int at = whole.begin; at < whole.end; ) {
        var part = new Element(key, at);
        if (part.tag == PARAMETERS) {
          return Arrays.copyOfRange(key, part.begin, part.end);
        }
        at = part.end;
      }
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not DER", e);
    }
    throw new IllegalArgumentException("no curve");
  }

  private static byte[] element(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    var bytes = new ByteArrayOutputStream(length + 4);
    bytes.write(tag);
    if (length < 0x80) {
      bytes.write(length);
    } else if (length < 0x100) {
      bytes.write(0x81);
      bytes.write(length);
    } else {
      bytes.write(0x82);
      bytes.write(length >> 8);
      bytes.write(length);
    }
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  /** Where an element's content begins and ends. */
  private static final class Element {
    private final int tag;
    private final int begin;
    private final int end;

    Element(byte[] from, int at) {
      tag = from[at] & 0xff;
      int length = from[at + 1] & 0xff;
      int lengthBytes = length < 0x80 ? 0 : length & 0x7f;
      if (lengthBytes > 0) {
        length = 0;
        for (int i = 0; i < lengthBytes; i++) {
          length = (length << 8) | (from[at + 2 + i] & 0xff);
        }
      }
      begin = at + 2 + lengthBytes;
      end = begin + length;
      if (length < 0 || end > from.length) {
        throw new IllegalArgumentException("not DER");
      }
    }
  }
}
