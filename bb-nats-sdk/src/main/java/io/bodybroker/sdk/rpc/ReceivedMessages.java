package io.bodybroker.sdk.rpc;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a stream that have come and were not read yet, and how many more their writer may
 * send: never more than one window of both together. Not thread-safe; its stream guards it.
 */
final class ReceivedMessages {
  private final StreamCredit window;
  private final Deque<ByteString> unread = new ArrayDeque<>();
  private StreamCredit granted;
  private long count;
  private long bytes;
  private long read;
  private long readBytes;

  /** None yet, and the first window granted. */
  ReceivedMessages(StreamCredit window) {
    this.window = window;
    this.granted = window;
  }

  /** How many have come in all. */
  long count() {
    return count;
  }

  /** How far the writer may go. */
  StreamCredit granted() {
    return granted;
  }

  /** Whether one more is within what was granted. */
  boolean isNextGranted() {
    return granted.allows(count, bytes);
  }

  void add(ByteString payload) {
    count++;
    bytes += payload.size();
    unread.add(payload);
  }

  boolean isAllRead() {
    return unread.isEmpty();
  }

  /** The next to be read; null if there is none. */
  @Nullable ByteString poll() {
    ByteString payload = unread.poll();
    if (payload != null) {
      read++;
      readBytes += payload.size();
    }
    return payload;
  }

  /**
   * Grants a new window after what has been read. Null while half of the last one, or more, is
   * left: not each message is worth a signal.
   */
  @Nullable StreamCredit grant() {
    boolean isDue =
        granted.messages() - read <= window.messages() / 2
            || granted.bytes() - readBytes <= window.bytes() / 2;
    if (!isDue) {
      return null;
    }
    granted = new StreamCredit(read + window.messages(), readBytes + window.bytes());
    return granted;
  }

  /** Forgets what was not read. */
  void clear() {
    unread.clear();
  }
}
