package io.bodybroker.gateway.http;

import io.bodybroker.gateway.problem.HttpProblems;
import io.helidon.http.media.ReadableEntity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/** Reads bodies up to a limit, whether they say their length or come in chunks. */
final class BodyReader {
  private static final byte[] NOTHING = new byte[0];

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
    try (InputStream in = entity.inputStream()) {
      byte[] body = in.readNBytes(limit);
      if (body.length == limit && in.read() >= 0) {
        throw HttpProblems.tooLarge(limit);
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
