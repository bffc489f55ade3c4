package io.bodybroker.gateway.problem;

/** Requests that use HTTP itself wrongly. */
public final class HttpProblems {
  /** The title of every 413, whoever found the body too long. */
  public static final String TOO_LARGE = "Content too large";

  private HttpProblems() {}

  /** 404: no contract has such a path. */
  public static ProblemException unknownRoute() {
    return of(404, "Not found", "There is no such route; GET /openapi.json lists all");
  }

  /** 405: the path is known, with other methods. */
  public static ProblemException wrongMethod(String method, String allowed) {
    var problem =
        Problem.ofHttp(
            405, "Method not allowed", "%s cannot be used here, but %s".formatted(method, allowed));
    return new ProblemException(problem.withHeader("Allow", allowed));
  }

  /** 406: what is answered is of one of a few media types, and nothing else. */
  public static ProblemException notAcceptable(String accept, String expected) {
    return of(
        406,
        "Not acceptable",
        "Accept: \"%s\" (expected: one that allows %s)".formatted(accept, expected));
  }

  /** 413: the body is over the limit. */
  public static ProblemException tooLarge(int limit) {
    return of(413, TOO_LARGE, "The body is over the limit of " + limit + " bytes");
  }

  /** 413: the body is within the limit, but the message it became is more than NATS carries. */
  public static ProblemException tooLargeToPassOn() {
    return of(413, TOO_LARGE, "The request is longer than what can be passed on to a service");
  }

  /** 415: bodies are JSON, and nothing else. */
  public static ProblemException unsupportedMediaType(String contentType) {
    String given = contentType.isEmpty() ? "none" : "\"" + contentType + "\"";
    var problem =
        Problem.ofHttp(
            415,
            "Unsupported media type",
            "Content-Type: %s (expected: application/json, in UTF-8)".formatted(given));
    return new ProblemException(problem.withHeader("Accept", "application/json"));
  }

  /** 415: bodies are not compressed, for they could grow beyond any limit. */
  public static ProblemException unsupportedEncoding(String encoding) {
    var problem =
        Problem.ofHttp(
            415,
            "Unsupported media type",
            "Content-Encoding: \"%s\" (expected: none)".formatted(encoding));
    return new ProblemException(problem.withHeader("Accept-Encoding", "identity"));
  }

  /** 429: this client asks too often. */
  public static ProblemException tooManyRequests(long perSecond) {
    return later(
        429, "Too many requests", "More than %d requests a second".formatted(perSecond), "1");
  }

  /** 429: all streams that may be open are. */
  public static ProblemException tooManyStreams(int most) {
    return later(
        429,
        "Too many streams",
        "The gateway has %d streams open, its limit".formatted(most),
        "10");
  }

  /** 502: the answer is over the limit. */
  public static ProblemException replyTooLarge(int limit) {
    return of(502, "Answer too large", "The answer is over the limit of " + limit + " bytes");
  }

  /** 503: all requests that may be at work are. */
  public static ProblemException tooManyAtOnce(int most) {
    return later(
        503,
        "Too many requests at once",
        "The gateway has %d requests at work, its limit".formatted(most),
        "1");
  }

  /** 503: this gateway stops; there are others. */
  public static ProblemException stopping() {
    return later(503, "Stopping", "The gateway stops; connect again", "1");
  }

  private static ProblemException later(int status, String title, String detail, String seconds) {
    var problem = Problem.ofHttp(status, title, detail);
    return new ProblemException(problem.withHeader("Retry-After", seconds));
  }

  private static ProblemException of(int status, String title, String detail) {
    return new ProblemException(Problem.ofHttp(status, title, detail));
  }
}
