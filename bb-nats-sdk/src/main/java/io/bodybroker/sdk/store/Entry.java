package io.bodybroker.sdk.store;

import com.google.protobuf.ByteString;

/**
 * What a server holds under a key: a document, or the mark that one was deleted.
 *
 * @param document its bytes; empty if deleted
 * @param version the version this entry has
 * @param replaced the version its writer demanded to replace, 0 for none, or {@link #UNCONDITIONAL}
 * @param writeId names the one write that made it; empty if somebody else's tool did
 */
record Entry(
    String key, ByteString document, boolean deleted, long version, long replaced, String writeId) {
  /** The writer did not care what it replaced. */
  static final long UNCONDITIONAL = -1;

  /** The mark of a deletion that nobody wrote: the document's time was up. */
  static Entry deletion(String key, long version) {
    return new Entry(key, ByteString.EMPTY, true, version, UNCONDITIONAL, "");
  }

  boolean isLive() {
    return !deleted;
  }
}
