package io.bodybroker.gateway.http;

import io.bodybroker.gateway.problem.HttpProblems;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.media.ReadableEntity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.OptionalLong;

/** Reads bodies up to a limit, whether they say their length or come in chunks. */
final class BodyReader {
  private static final byte[] NOTHING = new byte[0];

  private static final int UNKNOWN = -1;

  /** So much is kept ready for a body of which nothing has arrived yet. */
  private static final int UNSEEN = 16 * 1024;

  /** So many times what has arrived is kept ready for the rest. */
  private static final int GROWTH = 4;

  private final int limit;

  BodyReader(int limit) {
    this.limit = limit;
  }

  /**
   * The whole body.
   *
   * @throws io.bodybroker.gateway.problem.ProblemException 413
   */
  byte[] read(ReadableEntity entity, OptionalLong length) {
    if (!entity.hasEntity()) {
      return NOTHING;
    }
    if (length.orElse(0) > limit) {
      throw HttpProblems.tooLarge(limit);
    }
    // Closed only when it has been read: the server would read on for more of what cannot be read.
    InputStream in = entity.inputStream();
    try {
      int known = (int) length.orElse(UNKNOWN);
      byte[] body = known >= 0 ? read(in, known) : in.readNBytes(limit);
      if (in.read() >= 0) { // to the end in any case: only then the body counts as consumed
        throw HttpProblems.tooLarge(limit);
      }
      in.close();
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException | DataReader.IncorrectNewLineException e) {
      // The server lets its own parser's exceptions through; it is the client's mistake.
      throw TransportProblems.chunkWithoutSize(e);
    }
  }

  /**
   * A body that says its length, into an array of that length. A long one gets its array as it
   * arrives: to announce much must not be enough to make us keep much.
   */
  private static byte[] read(InputStream in, int length) throws IOException {
    byte[] body = new byte[Math.min(length, UNSEEN)];
    int end = in.readNBytes(body, 0, body.length);
    while (end == body.length && end < length) {
      body = Arrays.copyOf(body, Math.min(length, GROWTH * end));
      end += in.readNBytes(body, end, body.length - end);
    }
    return end == body.length ? body : Arrays.copyOf(body, end);
  }
}
