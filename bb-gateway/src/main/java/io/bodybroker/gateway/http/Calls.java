package io.bodybroker.gateway.http;

import com.google.protobuf.Message;
import io.bodybroker.gateway.json.FieldNames;
import io.bodybroker.gateway.json.JsonCodec;
import io.bodybroker.gateway.problem.HttpProblems;
import io.bodybroker.gateway.refusal.Refusal;
import io.bodybroker.gateway.session.Guard;
import io.bodybroker.gateway.session.Sessions;
import io.bodybroker.gateway.session.Visitor;
import io.bodybroker.gateway.transcoding.HttpBinding;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns a request into a call and what comes of it into a reply. Thread-safe. */
final class Calls {
  private final RpcCaller caller;
  private final Streams streams;
  private final EdgeHeaders edge;
  private final Sessions sessions;
  private final JsonCodec json;
  private final int maxReply;
  private final FieldNames names = new FieldNames();
  private final BodyReader bodies;

  Calls(
      RpcCaller caller,
      Streams streams,
      EdgeHeaders edge,
      Sessions sessions,
      JsonCodec json,
      int maxBody,
      int maxReply) {
    this.caller = caller;
    this.streams = streams;
    this.edge = edge;
    this.sessions = sessions;
    this.json = json;
    this.maxReply = maxReply;
    this.bodies = new BodyReader(maxBody);
  }

  Reply reply(
      HttpBinding binding,
      List<String> pathValues,
      ServerRequest request,
      String requestId,
      Clients.Visit visit) {
    var accept = request.headers().values(HeaderNames.ACCEPT);
    if (binding.method().isServerStreaming()) {
      var format = MediaTypes.streamFormat(accept);
      var options = edge.options(request.headers(), requestId);
      var visitor = visitor(binding.method(), request, requestId);
      Message message = resumed(binding, message(binding, pathValues, request), request);
      Sessions.requireAllowed(binding.method(), visitor, message);
      visit.watch();
      var guard = guard(binding.method(), request, requestId, visitor, message);
      var known = EdgeHeaders.onBehalf(visitor, options);
      return guarded(() -> streams.open(binding, message, known, format, guard));
    }
    MediaTypes.requireTakesJson(accept);
    var options = edge.options(request.headers(), requestId);
    var visitor = visitor(binding.method(), request, requestId);
    Message message = message(binding, pathValues, request);
    Sessions.requireAllowed(binding.method(), visitor, message);
    visit.watch();
    var known = EdgeHeaders.onBehalf(visitor, options);
    Message response = guarded(() -> call(binding.method(), message, known));
    byte[] body = binding.response(json, response);
    if (body.length > maxReply) {
      throw HttpProblems.replyTooLarge(maxReply);
    }
    return Answer.json(200, body);
  }

  /**
   * Before anything of its body is read: who may not ask need not be told what is wrong with it.
   */
  private Visitor visitor(RpcMethod<?, ?> method, ServerRequest request, String requestId) {
    var visitor = visitorOf(request, requestId);
    Sessions.requireSignedIn(method, visitor);
    return visitor;
  }

  private Visitor visitorOf(ServerRequest request, String requestId) {
    var headers = request.headers();
    var authorization =
        headers.contains(EdgeHeaders.AUTHORIZATION)
            ? headers.values(EdgeHeaders.AUTHORIZATION)
            : List.<String>of();
    return sessions.visitor(authorization, edge.optionsOfSessions(requestId));
  }

  /** A stream lasts no longer than the session it was opened with, whoever else may read it. */
  private Guard guard(
      RpcMethod<?, ?> method,
      ServerRequest request,
      String requestId,
      Visitor visitor,
      Message message) {
    if (visitor.user().isEmpty()) {
      return Guard.none();
    }
    return Guard.of(
        () -> visitorOf(request, requestId),
        now -> Sessions.requireAllowed(method, now, message),
        streams.keepAlive());
  }

  private Message message(HttpBinding binding, List<String> pathValues, ServerRequest request) {
    var headers = request.headers();
    byte[] body = bodies.read(request.content(), headers.contentLength());
    if (body.length > 0 && binding.takesBody()) {
      MediaTypes.requireJson(headers.first(HeaderNames.CONTENT_TYPE).orElse(""));
    }
    return binding.request(json, names, pathValues, request.prologue().query().rawValue(), body);
  }

  /** From where its client left off: that is later than what the address of the stream says. */
  private static Message resumed(HttpBinding binding, Message message, ServerRequest request) {
    Optional<String> last =
        request.headers().first(EdgeHeaders.LAST_EVENT_ID).filter(id -> !id.isEmpty());
    if (last.isEmpty()) {
      return message;
    }
    String header = EdgeHeaders.LAST_EVENT_ID.defaultCase();
    var resume =
        binding
            .method()
            .resume()
            .orElseThrow(() ->
                Refusal.of(header, last.get(), "no such header: this stream cannot be resumed"));
    try {
      return resume.after(message, last.get());
    } catch (IllegalArgumentException e) {
      throw Refusal.of(header, last.get(), "the id of an event of this stream");
    }
  }

  @SuppressWarnings("unchecked") // the binding built the request from the method's own default
  private <Q extends Message> Message call(
      RpcMethod<Q, ?> method, Message request, CallOptions options) {
    return caller.call(method, (Q) request, options);
  }

  private static <T> T guarded(Supplier<T> call) {
    try {
      return call.get();
    } catch (ServiceException e) {
      if (e.code() == ErrorCode.INVALID_ARGUMENT && e.origin() == ErrorOrigin.CLIENT) {
        throw HttpProblems.tooLargeToPassOn(); // all that our own side refuses of a message
      }
      throw e;
    }
  }
}
