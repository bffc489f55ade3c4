package io.bodybroker.gateway.http;

import io.bodybroker.gateway.problem.CallProblems;
import io.bodybroker.gateway.problem.ProblemException;
import io.bodybroker.gateway.routing.RequestPath;
import io.bodybroker.gateway.routing.RouteMatch;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;

/** Takes every request, finds what serves it, and sends what comes of it. Thread-safe. */
final class Dispatcher implements Handler {
  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

  private final Routes routes;
  private final Calls calls;
  private final Clients clients;
  private final ClientRates rates;
  private final Places places;
  private final HttpTelemetry telemetry;
  private final AccessLog accessLog;
  private volatile boolean isDraining;

  Dispatcher(
      Routes routes,
      Calls calls,
      Clients clients,
      ClientRates rates,
      Places places,
      HttpTelemetry telemetry,
      AccessLog accessLog) {
    this.routes = routes;
    this.calls = calls;
    this.clients = clients;
    this.rates = rates;
    this.places = places;
    this.telemetry = telemetry;
    this.accessLog = accessLog;
  }

  /** From now on connections are closed after the answer, so that clients go elsewhere. */
  void drain() {
    isDraining = true;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    long begin = System.nanoTime();
    String requestId = EdgeHeaders.requestId(request.headers().first(EdgeHeaders.REQUEST_ID));
    String client = clients.address(request);
    var observed = telemetry.begin(request, client, requestId);
    int status = AccessLog.CLIENT_GONE;
    long bytes = 0;
    boolean isLast;
    try (var scope = observed.context().makeCurrent();
        var visit = clients.enter();
        var place = places.enter()) {
      try {
        Reply reply = reply(request, requestId, client, observed, visit, place);
        response.header(EdgeHeaders.REQUEST_ID, requestId);
        isLast = isLast(request);
        if (isLast) {
          response.header(HeaderValues.CONNECTION_CLOSE);
        }
        String path = request.prologue().uriPath().rawPath();
        bytes =
            Sender.send(
                reply, request, response, visit, problem -> problem.toJson(path, requestId));
        status = reply.status();
        dropRest(request, visit);
      } catch (RuntimeException e) {
        throw visit.isGone() || TransportProblems.isBroken(e) ? gone(e) : e;
      } finally {
        accessLog.write(request, client, status, bytes, System.nanoTime() - begin);
      }
    } finally {
      observed.end(status);
    }
    if (isLast) {
      // RFC 9112, 9.6: Helidon would wait for the client to close.
      throw new CloseConnectionException("the client asked for it, or the gateway stops");
    }
  }

  private boolean isLast(ServerRequest request) {
    return isDraining
        || hasToken(request, HeaderValues.CONNECTION_CLOSE)
        || isBodyHeldBack(request);
  }

  /** Helidon takes a header that is not there apart as well. */
  private static boolean hasToken(ServerRequest request, Header token) {
    return request.headers().contains(token.headerName()) && request.headers().containsToken(token);
  }

  /**
   * Whether a client waits to be told to send its body, and was not told (RFC 9110, 10.1.1).
   * Whether it sends it after all nobody can know, and so not where its next request begins.
   */
  private static boolean isBodyHeldBack(ServerRequest request) {
    return hasToken(request, HeaderValues.EXPECT_100) && !request.content().consumed();
  }

  /**
   * Reads what is left of a body that nobody wanted, as long as its client may take to send it: a
   * connection closed on unread data takes the answer with it.
   */
  private static void dropRest(ServerRequest request, Clients.Visit visit) {
    if (!request.content().consumed() && !isBodyHeldBack(request)) {
      visit.beginRead();
      try {
        request.content().consume();
      } catch (NumberFormatException | DataReader.IncorrectNewLineException e) {
        // What follows cannot be told from the next request.
        throw new CloseConnectionException("a chunk without a size", e);
      }
    }
  }

  private Reply reply(
      ServerRequest request,
      String requestId,
      String client,
      HttpTelemetry.Observed observed,
      Clients.Visit visit,
      Places.Place place) {
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
        case Endpoint.Call call -> {
          rates.require(client);
          place.take();
          yield calls.reply(call.binding(), found.values(), request, requestId, visit);
        }
      };
    } catch (ProblemException e) {
      return Answer.problem(e.problem(), rawPath, requestId);
    } catch (ServiceException e) {
      if (visit.isGone()) {
        throw e;
      }
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

  private static CloseConnectionException gone(RuntimeException cause) {
    return new CloseConnectionException("the client is gone", cause);
  }

  /** Outages are counted where calls are made; only answers that make no sense are news here. */
  private static Level level(ServiceException error) {
    boolean isStrange = error.code() == ErrorCode.INTERNAL || error.code() == ErrorCode.UNKNOWN;
    return isStrange && error.origin() == ErrorOrigin.CLIENT ? Level.WARNING : Level.DEBUG;
  }
}
