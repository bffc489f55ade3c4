package io.bodybroker.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * How the messages of a stream are written. In both forms a stream that ended well, one that failed
 * and one that was cut off can be told apart.
 */
enum StreamFormat {
  /**
   * Server-sent events (WHATWG HTML, 9.2): each message an event, its position the event's id,
   * comments to keep the connection; at the end an event {@code end} or {@code problem}.
   */
  EVENT_STREAM("text/event-stream") {
    @Override
    byte[] begin() {
      // How long browsers wait before they connect again.
      return text("retry: 1000\n\n");
    }

    @Override
    byte[] message(String position, byte[] json) {
      return join(text(isId(position) ? "id: " + position + "\ndata: " : "data: "), json, "\n\n");
    }

    @Override
    byte[] keepAlive() {
      return text(":\n\n");
    }

    @Override
    byte[] failure(byte[] problem) {
      return join(text("event: problem\ndata: "), problem, "\n\n");
    }

    @Override
    byte[] end() {
      return text("event: end\ndata:\n\n");
    }
  },

  /**
   * A JSON object a line: {@code {"message":…}} for each message, and {@code {"problem":…}} as the
   * last if the stream failed. Empty lines keep the connection.
   */
  JSON_LINES("application/x-ndjson") {
    @Override
    byte[] begin() {
      return NOTHING;
    }

    @Override
    byte[] message(String position, byte[] json) {
      return join(text("{\"message\":"), json, "}\n");
    }

    @Override
    byte[] keepAlive() {
      return text("\n");
    }

    @Override
    byte[] failure(byte[] problem) {
      return join(text("{\"problem\":"), problem, "}\n");
    }

    @Override
    byte[] end() {
      return NOTHING;
    }
  };

  private static final byte[] NOTHING = new byte[0];

  private final String mediaType;

  StreamFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /** What comes before all messages. */
  abstract byte[] begin();

  /**
   * A message.
   *
   * @param position where the stream can be resumed after; empty if it cannot
   */
  abstract byte[] message(String position, byte[] json);

  /** Says nothing, so that both sides see that the connection lasts. */
  abstract byte[] keepAlive();

  /** The end of a stream that failed. */
  abstract byte[] failure(byte[] problem);

  /** The end of a stream that has sent all it had. */
  abstract byte[] end();

  /** A line break in it would begin another field, or another event; HTML leaves out NUL. */
  private static boolean isId(String position) {
    return !position.isEmpty() && position.chars().noneMatch(c -> c == '\n' || c == '\r' || c == 0);
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] join(byte[] head, byte[] json, String tail) {
    byte[] end = text(tail);
    byte[] joined = Arrays.copyOf(head, head.length + json.length + end.length);
    System.arraycopy(json, 0, joined, head.length, json.length);
    System.arraycopy(end, 0, joined, head.length + json.length, end.length);
    return joined;
  }
}
