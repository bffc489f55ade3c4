package io.bodybroker.gateway.transcoding;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.bodybroker.gateway.json.FieldNames;
import io.bodybroker.gateway.json.JsonCodec;
import io.bodybroker.gateway.refusal.Refusal;
import io.bodybroker.gateway.routing.PathTemplate;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.RpcMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP route of one method: how a request becomes the method's request message, and its
 * response message a response.
 *
 * @param method what it calls
 * @param verb the HTTP method, or {@code *} for any
 * @param path the template
 * @param pathFields the fields its variables fill, in their order
 * @param body what the body fills
 * @param responseField the one field that is answered instead of the whole response message
 */
public record HttpBinding(
    RpcMethod<?, ?> method,
    String verb,
    PathTemplate path,
    List<FieldPath> pathFields,
    RequestBody body,
    Optional<FieldDescriptor> responseField) {

  /** Copies the list. */
  public HttpBinding {
    pathFields = List.copyOf(pathFields);
  }

  /** Whether a request may have a body. */
  public boolean takesBody() {
    return !(body instanceof RequestBody.None);
  }

  /**
   * The request message. Where path and body both give a field, they must agree.
   *
   * @param json how JSON is read
   * @param pathValues what the path's variables stand for
   * @param rawQuery the query without its question mark, as it came
   * @param content the body; empty is as good as none
   * @throws ServiceException {@code INVALID_ARGUMENT}, naming what is wrong and what would be right
   */
  public Message request(
      JsonCodec json, FieldNames names, List<String> pathValues, String rawQuery, byte[] content) {
    Message.Builder request = method.requestDefault().newBuilderForType();
    readBody(json, content, request);
    var violations = new ArrayList<FieldViolation>();
    new QueryReader(this, names, violations).read(QueryString.parse(rawQuery), request);
    for (int i = 0; i < pathFields.size(); i++) {
      readPath(pathFields.get(i), pathValues.get(i), request, violations);
    }
    if (!violations.isEmpty()) {
      throw Refusal.of(violations);
    }
    return request.build();
  }

  private void readBody(JsonCodec json, byte[] content, Message.Builder request) {
    if (content.length == 0) {
      return;
    }
    switch (body) {
      case RequestBody.None none ->
          throw Refusal.of(
              "body", content.length + " bytes", "no body: " + verb + " " + path + " takes none");
      case RequestBody.Whole whole -> json.read(content, request);
      case RequestBody.Field part -> json.readField(content, request, part.field());
    }
  }

  private static void readPath(
      FieldPath field, String text, Message.Builder request, List<FieldViolation> violations) {
    Object value = field.parse(request, text);
    if (value == null) {
      violations.add(Violations.wrongType(field, text));
      return;
    }
    field
        .get(request)
        .filter(other -> !other.equals(value))
        .ifPresent(other -> violations.add(Violations.unlikePath(field, other, text)));
    field.rival(request).ifPresent(rival -> violations.add(Violations.rival(rival, field)));
    field.put(request, value);
  }

  /** The response as JSON. */
  public byte[] response(JsonCodec json, Message response) {
    return responseField
        .map(field -> json.writeField(response, field))
        .orElseGet(() -> json.write(response));
  }

  @Override
  public String toString() {
    return verb + " " + path + " of " + method;
  }
}
