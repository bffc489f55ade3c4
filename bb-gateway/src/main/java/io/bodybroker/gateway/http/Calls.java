package io.bodybroker.gateway.http;

import com.google.protobuf.Message;
import io.bodybroker.gateway.json.FieldNames;
import io.bodybroker.gateway.json.JsonCodec;
import io.bodybroker.gateway.problem.HttpProblems;
import io.bodybroker.gateway.transcoding.HttpBinding;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/** Turns a request into a call and its answer into a response. Thread-safe. */
final class Calls {
  private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create(EdgeIds.IDEMPOTENCY_KEY);
  private static final String CLIENT = "http-gateway";

  private final RpcCaller caller;
  private final CallOptions options;
  private final JsonCodec json;
  private final FieldNames names = new FieldNames();
  private final BodyReader bodies;

  Calls(RpcCaller caller, CallOptions options, JsonCodec json, int maxBody) {
    this.caller = caller;
    this.options = options;
    this.json = json;
    this.bodies = new BodyReader(maxBody);
  }

  Answer answer(
      HttpBinding binding, List<String> pathValues, ServerRequest request, String requestId) {
    var headers = request.headers();
    MediaTypes.requireTakesJson(headers.values(HeaderNames.ACCEPT));
    byte[] body = bodies.read(request.content(), headers.contentLength());
    if (body.length > 0 && binding.takesBody()) {
      MediaTypes.requireJson(headers.first(HeaderNames.CONTENT_TYPE).orElse(""));
    }
    Message message =
        binding.request(json, names, pathValues, request.prologue().query().rawValue(), body);
    var metadata = CallMetadata.builder().requestId(requestId).client(CLIENT);
    headers
        .first(IDEMPOTENCY_KEY)
        .ifPresent(key -> metadata.idempotencyKey(EdgeIds.idempotencyKey(key)));
    Message response = call(binding.method(), message, options.withMetadata(metadata.build()));
    return Answer.json(200, binding.response(json, response));
  }

  @SuppressWarnings("unchecked") // the binding built the request from the method's own default
  private <Q extends Message> Message call(
      RpcMethod<Q, ?> method, Message request, CallOptions callOptions) {
    try {
      return caller.call(method, (Q) request, callOptions);
    } catch (ServiceException e) {
      if (e.code() == ErrorCode.INVALID_ARGUMENT && e.origin() == ErrorOrigin.CLIENT) {
        throw HttpProblems.tooLargeToPassOn(); // all that our own side refuses of a message
      }
      throw e;
    }
  }
}
