package io.bodybroker.gateway.http;

import io.bodybroker.gateway.problem.HttpProblems;
import io.bodybroker.gateway.problem.Problem;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Problems that the web server meets before or beside us: a request line that is none, headers
 * beyond the limit, a body without end. They get the same form as all others, and a text of ours:
 * the server's own may tell of its inside.
 */
final class TransportProblems implements DirectHandler {
  private TransportProblems() {}

  /** For every kind of event. */
  static DirectHandlers handlers() {
    var handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, new TransportProblems());
    }
    return handlers.build();
  }

  /**
   * Whether an exception is about the connection or the form of the request, and so the server's to
   * handle.
   */
  static boolean isTransport(RuntimeException e) {
    return e instanceof RequestException || e instanceof CloseConnectionException || isBroken(e);
  }

  /** Whether an exception says that the connection is no more: there is nobody to answer. */
  static boolean isBroken(RuntimeException e) {
    return e instanceof UncheckedIOException
        || e instanceof DataReader.InsufficientDataAvailableException;
  }

  /** A body whose parts do not say how long they are: what follows cannot be read. */
  static RequestException chunkWithoutSize(@Nullable Throwable cause) {
    return RequestException.builder()
        .type(EventType.BAD_REQUEST)
        .message("a chunk without a size")
        .setKeepAlive(false)
        .cause(cause)
        .build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status given,
      ServerResponseHeaders headers,
      String message) {
    Status status = isUnreadable(request, given) ? Status.BAD_REQUEST_400 : given;
    String requestId = EdgeHeaders.requestId(Optional.empty());
    var problem = problem(request, status);
    return TransportResponse.builder()
        .status(Status.create(problem.status()))
        .headers(headers)
        .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .header(EdgeHeaders.REQUEST_ID, requestId)
        .entity(problem.toJson(path(request), requestId))
        .build();
  }

  /** To Helidon a method that is none is a fault of its own; no path was read by then. */
  private static boolean isUnreadable(TransportRequest request, Status status) {
    return status.code() == 500 && Optional.ofNullable(request.path()).orElse("").isEmpty();
  }

  private static Problem problem(TransportRequest request, Status status) {
    // To Helidon a body that is compressed is as bad as a request line that is none.
    var encoding = Optional.ofNullable(request.headers()).map(TransportProblems::encoding);
    return status.code() == 400 && encoding.isPresent()
        ? HttpProblems.unsupportedEncoding(encoding.get()).problem()
        : Problem.ofHttp(status.code(), title(status), detail(status.code()));
  }

  private static @Nullable String encoding(ServerRequestHeaders headers) {
    return headers.first(HeaderNames.CONTENT_ENCODING).orElse(null);
  }

  private static String title(Status status) {
    return status.code() == 413
        ? HttpProblems.TOO_LARGE
        : Optional.ofNullable(status.reasonPhrase()).orElse("Error");
  }

  private static String path(TransportRequest request) {
    String path = Optional.ofNullable(request.path()).orElse("");
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static String detail(int status) {
    return switch (status) {
      case 400 ->
          "The request is not well-formed HTTP, or its headers are over the limit of %d bytes"
              .formatted(HttpServer.MAX_HEADERS);
      case 413 -> "The body is far over the limit";
      case 414 -> "The request line is over the limit of " + HttpServer.MAX_LINE + " bytes";
      case 501 -> "This transfer coding is not served (expected: chunked)";
      case 505 -> "This version of HTTP is not served (expected: HTTP/1.1)";
      default -> "The gateway could not take the request";
    };
  }
}
