package io.bodybroker.gateway.http;

import io.bodybroker.gateway.problem.Problem;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;

/** Sends replies: their headers, compressed if the client likes, without body after a HEAD. */
final class Sender {
  private static final String VARY = "Accept-Encoding";

  /** Browsers take an answer for what it says it is (WHATWG Fetch, 3.6). */
  private static final Header NO_SNIFFING =
      HeaderValues.createCached("X-Content-Type-Options", "nosniff");

  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Answer.JSON);

  private static final Header VARIES = HeaderValues.createCached(HeaderNames.VARY, VARY);

  private Sender() {}

  /**
   * Sends a reply.
   *
   * @param problems a problem as this client gets it
   * @return how many bytes of body were written
   * @throws UncheckedIOException if the client cannot be written to
   */
  static long send(
      Reply reply,
      ServerRequest request,
      ServerResponse response,
      Clients.Visit visit,
      Function<Problem, byte[]> problems) {
    response.status(Status.create(reply.status())).header(NO_SNIFFING);
    return switch (reply) {
      case Answer answer -> answer(answer, request, response, visit);
      case StreamedReply stream -> stream(stream, request, response, visit, problems);
    };
  }

  private static boolean isHead(ServerRequest request) {
    return request.prologue().method().equals(Method.HEAD);
  }

  private static long answer(
      Answer answer, ServerRequest request, ServerResponse response, Clients.Visit visit) {
    answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    if (answer.mediaType().equals(Answer.JSON)) {
      response.header(JSON);
    } else if (!answer.mediaType().isEmpty()) {
      response.header(HeaderNames.CONTENT_TYPE, answer.mediaType());
    }
    byte[] body = answer.body();
    if (Compression.isPossible(answer)) {
      response.header(VARIES);
      if (Compression.isWelcome(request.headers().values(HeaderNames.ACCEPT_ENCODING))) {
        response.header(HeaderNames.CONTENT_ENCODING, "gzip");
        body = answer.gzip().length > 0 ? answer.gzip() : Compression.gzip(body);
      }
    }
    if (isHead(request)) {
      response.header(HeaderNames.CONTENT_LENGTH, String.valueOf(body.length));
      response.send();
      return 0;
    }
    visit.beginWrite();
    response.send(body);
    visit.endWrite();
    return body.length;
  }

  private static long stream(
      StreamedReply reply,
      ServerRequest request,
      ServerResponse response,
      Clients.Visit visit,
      Function<Problem, byte[]> problems) {
    try (reply) {
      response
          .header(HeaderNames.CONTENT_TYPE, reply.mediaType())
          .header(HeaderNames.CACHE_CONTROL, "no-store")
          // For proxies that would collect what is to be seen at once, such as nginx.
          .header(HeaderNames.create("X-Accel-Buffering"), "no");
      if (isHead(request)) {
        response.send();
        return 0;
      }
      var out = new WatchedOutput(response.outputStream(), visit);
      reply.writeTo(out, problems);
      out.close(); // only now: after a failure it would make what is cut off look complete
      return out.written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells when a write begins and ends, so that one that never ends is noticed. */
  private static final class WatchedOutput extends FilterOutputStream {
    private final Clients.Visit visit;
    private long written;

    WatchedOutput(OutputStream out, Clients.Visit visit) {
      super(out);
      this.visit = visit;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      visit.beginWrite();
      out.write(bytes, offset, length);
      visit.endWrite();
      written += length;
    }

    @Override
    public void flush() throws IOException {
      visit.beginWrite();
      out.flush();
      visit.endWrite();
    }

    @Override
    public void close() throws IOException {
      visit.beginWrite();
      out.close();
      visit.endWrite();
    }
  }
}
