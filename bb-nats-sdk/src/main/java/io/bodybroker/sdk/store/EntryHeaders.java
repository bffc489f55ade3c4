package io.bodybroker.sdk.store;

import com.google.protobuf.ByteString;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket's messages say in their headers: NATS' own, and one of ours that names the write.
 */
final class EntryHeaders {
  private static final String WRITE_ID = "Bb-Write-Id";
  private static final String OPERATION = "KV-Operation";
  private static final String MARKER_REASON = "Nats-Marker-Reason";
  private static final String EXPECTED_LAST = "Nats-Expected-Last-Subject-Sequence";

  private EntryHeaders() {}

  /**
   * The headers that publish a write.
   *
   * @param replaced the version it demands to replace, 0 for none, or {@link Entry#UNCONDITIONAL}
   */
  static Headers of(Write write, long replaced) {
    var headers = new Headers().put(WRITE_ID, write.id());
    if (write.deletion()) {
      headers.put(OPERATION, "DEL");
    }
    if (replaced != Entry.UNCONDITIONAL) {
      headers.put(EXPECTED_LAST, Long.toString(replaced));
    }
    return headers;
  }

  /** The entry that a message of the bucket is. */
  static Entry entry(String key, byte @Nullable [] data, long version, @Nullable Headers headers) {
    boolean deleted = isDeletion(headers);
    var document = deleted || data == null ? ByteString.EMPTY : ByteString.copyFrom(data);
    long replaced = replaced(text(headers, EXPECTED_LAST));
    return new Entry(key, document, deleted, version, replaced, text(headers, WRITE_ID));
  }

  /** Other tools write into buckets too: what is no number must not end a watch. */
  private static long replaced(String expected) {
    return expected.matches("[0-9]{1,18}") ? Long.parseLong(expected) : Entry.UNCONDITIONAL;
  }

  /**
   * Deleted or purged through key-value, or marked by the server itself when an entry's time was
   * up.
   */
  private static boolean isDeletion(@Nullable Headers headers) {
    var operation = text(headers, OPERATION);
    return operation.equals("DEL")
        || operation.equals("PURGE")
        || !text(headers, MARKER_REASON).isEmpty();
  }

  private static String text(@Nullable Headers headers, String name) {
    var value = headers == null ? null : headers.getFirst(name);
    return value == null ? "" : value;
  }
}
