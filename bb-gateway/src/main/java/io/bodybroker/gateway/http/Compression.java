package io.bodybroker.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Compresses answers for clients that take gzip (RFC 9110, 8.4.1.3). */
final class Compression {
  /** Shorter answers fit into one packet anyway. */
  static final int LEAST = 1024;

  private Compression() {}

  /** Whether an answer depends on what its client takes. */
  static boolean isPossible(Answer answer) {
    return answer.body().length >= LEAST;
  }

  /** Whether a client takes gzip, by its {@code Accept-Encoding}. */
  static boolean isWelcome(List<String> acceptEncoding) {
    return !acceptEncoding.isEmpty()
        && Quality.of(String.join(",", acceptEncoding), List.of("*", "gzip")) > 0;
  }

  static byte[] gzip(byte[] body) {
    var compressed = new ByteArrayOutputStream(body.length / 2);
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a stream in memory throws none
    }
    return compressed.toByteArray();
  }
}
