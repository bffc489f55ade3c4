package io.bodybroker.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An X.509 certificate (RFC 5280) in DER, as small as browsers and servers accept it. The JDK can
 * read certificates, but makes them only through its keytool, a process for each.
 *
 * @param isAuthority whether its key may sign others
 */
record CertificateText(
    BigInteger serial,
    String issuer,
    String subject,
    Instant from,
    Instant to,
    PublicKey key,
    List<String> hosts,
    boolean isAuthority) {
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BITS = 0x03;
  private static final int OCTETS = 0x04;
  private static final int NULL = 0x05;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;
  private static final int HOST_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;

  private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};
  private static final byte[] ALTERNATIVE_NAMES = {0x55, 0x1d, 0x11};
  private static final byte[] BASIC_CONSTRAINTS = {0x55, 0x1d, 0x13};
  private static final byte[] ECDSA_WITH_SHA256 = {
    0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
  };
  private static final byte[] SHA256_WITH_RSA = {
    0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x0b
  };
  private static final byte[] TRUE = {(byte) 0xff};
  private static final byte[] V3 = {2};

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /** The certificate. */
  byte[] signedWith(PrivateKey signer) {
    TestKey kind = TestKey.of(signer);
    byte[] algorithm =
        kind == TestKey.EC
            ? element(SEQUENCE, element(OBJECT_IDENTIFIER, ECDSA_WITH_SHA256))
            : element(
                SEQUENCE, element(OBJECT_IDENTIFIER, SHA256_WITH_RSA), element(NULL, new byte[0]));
    byte[] content =
        element(
            SEQUENCE,
            element(VERSION, element(INTEGER, V3)),
            element(INTEGER, serial.toByteArray()),
            algorithm,
            name(issuer),
            element(SEQUENCE, time(from), time(to)),
            name(subject),
            key.getEncoded(),
            element(EXTENSIONS, extensions()));
    return element(
        SEQUENCE, content, algorithm, element(BITS, new byte[1], kind.sign(signer, content)));
  }

  private static byte[] time(Instant instant) {
    return element(GENERALIZED_TIME, TIME.format(instant).getBytes(UTF_8));
  }

  private static byte[] name(String commonName) {
    byte[] attribute =
        element(
            SEQUENCE,
            element(OBJECT_IDENTIFIER, COMMON_NAME),
            element(UTF8_STRING, commonName.getBytes(UTF_8)));
    return element(SEQUENCE, element(SET, attribute));
  }

  private byte[] extensions() {
    byte[] constraints =
        extension(
            BASIC_CONSTRAINTS,
            isAuthority ? element(SEQUENCE, element(BOOLEAN, TRUE)) : element(SEQUENCE));
    if (hosts.isEmpty()) {
      return element(SEQUENCE, constraints);
    }
    byte[][] names = hosts.stream().map(CertificateText::host).toArray(byte[][]::new);
    return element(SEQUENCE, constraints, extension(ALTERNATIVE_NAMES, element(SEQUENCE, names)));
  }

  private static byte[] extension(byte[] identifier, byte[] value) {
    return element(
        SEQUENCE,
        element(OBJECT_IDENTIFIER, identifier),
        element(BOOLEAN, TRUE),
        element(OCTETS, value));
  }

  private static byte[] host(String host) {
    if (!ADDRESS.matcher(host).matches()) {
      return element(HOST_NAME, host.getBytes(UTF_8));
    }
    try {
      return element(IP_ADDRESS, InetAddress.getByName(host).getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("host: " + host + " (expected: a name or an address)", e);
    }
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
}
