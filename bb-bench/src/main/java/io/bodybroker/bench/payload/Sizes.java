package io.bodybroker.bench.payload;

import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** One message's bytes in each of its forms. */
record Sizes(int protobuf, int protobufGzip, int json, int jsonGzip) {
  static Sizes of(Message message, byte[] json) {
    byte[] protobuf = message.toByteArray();
    return new Sizes(protobuf.length, gzip(protobuf), json.length, gzip(json));
  }

  /** With the level that both {@code java.util.zip} and most servers have by default. */
  private static int gzip(byte[] bytes) {
    var compressed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
    return compressed.size();
  }
}
