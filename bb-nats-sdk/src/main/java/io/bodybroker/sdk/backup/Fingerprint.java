package io.bodybroker.sdk.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nats.client.api.MessageInfo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What one message of a stream is known by: the same sequence is the same message if the rest is
 * the same.
 *
 * @param sequence its number in the stream
 * @param epochNanos when the stream took it
 * @param high first 8 bytes of the SHA-256 of sequence, time, subject, headers and payload
 * @param low the next 8
 */
record Fingerprint(long sequence, long epochNanos, long high, long low) {
  /** Of one in a file. */
  static final int BYTES = 4 * Long.BYTES;

  private static final long NANOS = 1_000_000_000L;

  static Fingerprint of(MessageInfo message) {
    var time = Objects.requireNonNull(message.getTime(), "time").toInstant();
    long nanos = time.getEpochSecond() * NANOS + time.getNano();
    var hash = ByteBuffer.wrap(hash(message, nanos));
    return new Fingerprint(message.getSeq(), nanos, hash.getLong(), hash.getLong());
  }

  /** Lengths go before contents, so that no two messages look the same. */
  private static byte[] hash(MessageInfo message, long nanos) {
    MessageDigest digest = Sha256.digest();
    var to = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    try {
      to.writeLong(message.getSeq());
      to.writeLong(nanos);
      writeText(to, String.valueOf(message.getSubject()));
      var headers = message.getHeaders();
      if (headers != null) {
        for (String name : new TreeSet<>(headers.keySet())) {
          for (String value : Objects.requireNonNull(headers.get(name), name)) {
            writeText(to, name);
            writeText(to, value);
          }
        }
      }
      to.writeInt(-1);
      byte[] data = message.getData();
      to.write(data == null ? new byte[0] : data);
      return digest.digest();
    } catch (IOException e) {
      throw new UncheckedIOException("a stream in memory", e);
    }
  }

  private static void writeText(DataOutputStream to, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    to.writeInt(bytes.length);
    to.write(bytes);
  }

  void write(DataOutput to) throws IOException {
    to.writeLong(sequence);
    to.writeLong(epochNanos);
    to.writeLong(high);
    to.writeLong(low);
  }

  static Fingerprint read(DataInput from) throws IOException {
    return new Fingerprint(from.readLong(), from.readLong(), from.readLong(), from.readLong());
  }
}
