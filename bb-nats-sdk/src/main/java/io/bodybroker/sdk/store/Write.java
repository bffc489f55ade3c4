package io.bodybroker.sdk.store;

import com.google.protobuf.ByteString;
import io.bodybroker.sdk.internal.WriteIds;

/**
 * One write, so that it can be sent, and sent again.
 *
 * @param document the new bytes; empty for a deletion
 * @param id unlike that of any other write; it is kept with the entry, so a writer that saw no
 *     answer can tell its own
 */
record Write(String key, ByteString document, boolean deletion, Expected expected, String id) {
  static Write of(String key, ByteString document, Expected expected) {
    return new Write(key, document, false, expected, WriteIds.next());
  }

  static Write deletion(String key, Expected expected) {
    return new Write(key, ByteString.EMPTY, true, expected, WriteIds.next());
  }
}
