package io.bodybroker.gateway.http;

import io.bodybroker.gateway.problem.Problem;
import java.util.HashMap;
import java.util.Map;

/**
 * A response before it is sent.
 *
 * @param status the HTTP status
 * @param mediaType of the body; empty if there is none
 * @param body never changed after
 * @param gzip the body compressed, if that was worth while to do beforehand; else empty
 * @param headers what goes with it, by name
 */
@SuppressWarnings("ArrayRecordComponent") // answers are never compared
public record Answer(
    int status, String mediaType, byte[] body, byte[] gzip, Map<String, String> headers)
    implements Reply {
  /** The media type of all that is not a problem, a stream or a page. */
  static final String JSON = "application/json";

  private static final byte[] NOTHING = new byte[0];

  /** Copies the headers. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** One that is compressed when it is sent, if at all. */
  public Answer(int status, String mediaType, byte[] body, Map<String, String> headers) {
    this(status, mediaType, body, NOTHING, headers);
  }

  /** JSON. */
  public static Answer json(int status, byte[] body) {
    return new Answer(status, JSON, body, Map.of());
  }

  static Answer empty(int status, Map<String, String> headers) {
    return new Answer(status, "", NOTHING, headers);
  }

  static Answer problem(Problem problem, String path, String requestId) {
    byte[] body = problem.toJson(path, requestId);
    return new Answer(problem.status(), Problem.MEDIA_TYPE, body, problem.headers());
  }

  /** The same with one more header. */
  public Answer withHeader(String name, String value) {
    var more = new HashMap<>(headers);
    more.put(name, value);
    return new Answer(status, mediaType, body, gzip, more);
  }

  /** The same, compressed once for all times it is sent. */
  Answer compressed() {
    return Compression.isPossible(this)
        ? new Answer(status, mediaType, body, Compression.gzip(body), headers)
        : this;
  }
}
