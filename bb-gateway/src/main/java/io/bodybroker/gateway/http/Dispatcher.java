package io.bodybroker.gateway.http;

import io.bodybroker.gateway.problem.CallProblems;
import io.bodybroker.gateway.problem.ProblemException;
import io.bodybroker.gateway.routing.RequestPath;
import io.bodybroker.gateway.routing.RouteMatch;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;

/** Takes every request, finds what serves it, and sends the answer or the problem. Thread-safe. */
final class Dispatcher implements Handler {
  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final HeaderName REQUEST_ID = HeaderNames.create(EdgeIds.REQUEST_ID);

  private final Routes routes;
  private final Calls calls;
  private final HttpTelemetry telemetry;

  Dispatcher(Routes routes, Calls calls, HttpTelemetry telemetry) {
    this.routes = routes;
    this.calls = calls;
    this.telemetry = telemetry;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    String requestId = EdgeIds.requestId(request.headers().first(REQUEST_ID));
    var observed = telemetry.begin(request, requestId);
    int status = 500;
    try (var scope = observed.context().makeCurrent()) {
      Answer answer = answer(request, requestId, observed);
      status = answer.status();
      send(answer, request, response.header(REQUEST_ID, requestId));
    } finally {
      observed.end(status);
    }
    if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      end(request);
    }
  }

  /**
   * Closes the connection (RFC 9112, 9.6): Helidon would wait for the client to do so. What is left
   * of the body is dropped first, because a connection closed on unread data takes the answer with
   * it.
   */
  private static void end(ServerRequest request) {
    if (!request.content().consumed()) {
      request.content().consume();
    }
    throw new CloseConnectionException("the client asked for it");
  }

  private Answer answer(ServerRequest request, String requestId, HttpTelemetry.Observed observed) {
    String rawPath = request.prologue().uriPath().rawPath();
    String service = "the gateway";
    try {
      var method = request.prologue().method().text();
      RouteMatch.Found<Endpoint> found = routes.find(method, RequestPath.parse(rawPath));
      Endpoint target = found.target();
      service = target.service();
      observed.route(target.route());
      return switch (target) {
        case Endpoint.Page page -> page.content().get();
        case Endpoint.Call call -> calls.answer(call.binding(), found.values(), request, requestId);
      };
    } catch (ProblemException e) {
      return Answer.problem(e.problem(), rawPath, requestId);
    } catch (ServiceException e) {
      LOG.log(level(e), "call of " + service + " failed", e);
      return Answer.problem(CallProblems.of(e, service), rawPath, requestId);
    } catch (RuntimeException e) {
      if (TransportProblems.isTransport(e)) {
        throw e; // about the connection, so the server must know
      }
      String errorId = UUID.randomUUID().toString();
      LOG.log(Level.ERROR, "error " + errorId, e);
      return Answer.problem(CallProblems.internal(errorId), rawPath, requestId);
    }
  }

  /** Outages are counted where calls are made; only answers that make no sense are news here. */
  private static Level level(ServiceException error) {
    boolean isStrange = error.code() == ErrorCode.INTERNAL || error.code() == ErrorCode.UNKNOWN;
    return isStrange && error.origin() == ErrorOrigin.CLIENT ? Level.WARNING : Level.DEBUG;
  }

  private static void send(Answer answer, ServerRequest request, ServerResponse response) {
    response.status(Status.create(answer.status()));
    answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    if (!answer.mediaType().isEmpty()) {
      response.header(HeaderNames.CONTENT_TYPE, answer.mediaType());
    }
    if (request.prologue().method().equals(Method.HEAD)) {
      response.header(HeaderNames.CONTENT_LENGTH, String.valueOf(answer.body().length));
      response.send();
    } else {
      response.send(answer.body());
    }
  }
}
