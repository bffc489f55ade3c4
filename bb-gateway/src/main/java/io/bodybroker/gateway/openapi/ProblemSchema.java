package io.bodybroker.gateway.openapi;

import static io.bodybroker.gateway.openapi.Schemas.schema;

import io.bodybroker.sdk.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What all operations have in common: problems, and the headers of every request and response. */
final class ProblemSchema {
  static final String NAME = "Problem";

  private ProblemSchema() {}

  static Map<String, Object> schemaOfProblem() {
    var violation = new LinkedHashMap<String, Object>();
    violation.put("field", described("string", "The path of the field."));
    violation.put("value", described("string", "What came, shortened if long."));
    violation.put("expected", described("string", "What would be right."));
    var properties = new LinkedHashMap<String, Object>();
    properties.put("type", described("string", "A URI that names the kind of problem."));
    properties.put("title", described("string", "The kind of problem in words."));
    properties.put("status", described("integer", "The HTTP status."));
    properties.put("detail", described("string", "What was wrong, and what would be right."));
    properties.put("instance", described("string", "The path of the request."));
    properties.put("code", code());
    properties.put("requestId", described("string", "The request, as logs have it."));
    properties.put(
        "fieldViolations", schema("array", "items", schema("object", "properties", violation)));
    properties.put("details", schema("object", "additionalProperties", schema("string")));
    properties.put("errorId", described("string", "The entry in our log that has the cause."));
    var problem = schema("object", "properties", properties);
    problem.put("required", List.of("type", "title", "status", "detail", "requestId"));
    problem.put("description", "What went wrong (RFC 9457).");
    return problem;
  }

  private static Map<String, Object> code() {
    var code =
        schema("string", "enum", Stream.of(ErrorCode.values()).map(ErrorCode::name).toList());
    code.put("description", "The error code; absent if HTTP itself was used wrongly.");
    return code;
  }

  static Map<String, Object> responses() {
    var responses = new LinkedHashMap<String, Object>();
    responses.put("BadRequest", response("The request is wrong; `fieldViolations` says where."));
    var unavailable = response("Not reachable now; `Retry-After` says when to try again.");
    var seconds = new LinkedHashMap<String, Object>();
    seconds.put("description", "In seconds.");
    seconds.put("schema", schema("integer"));
    unavailable.put("headers", Map.of("Retry-After", seconds));
    responses.put("Unavailable", unavailable);
    responses.put("Unauthenticated", response("A session is needed, or the one shown has ended."));
    responses.put("Forbidden", response("Who is signed in may not do this."));
    responses.put("Problem", response("Any other problem."));
    return responses;
  }

  private static Map<String, Object> response(String description) {
    var response = new LinkedHashMap<String, Object>();
    response.put("description", description);
    response.put(
        "content", Map.of("application/problem+json", Map.of("schema", Schemas.reference(NAME))));
    return response;
  }

  static Map<String, Object> parameters() {
    var requestId =
        header(
            "X-Request-Id",
            "Names the request in logs; made up if absent.",
            "^[A-Za-z0-9._-]{1,64}$");
    var key =
        header(
            "Idempotency-Key",
            "The same key gives the same effect and the same answer, where the operation honours keys.",
            "^[!-~]{1,255}$");
    var timeout =
        header(
            "X-Timeout-Ms",
            "How long the client will wait, in milliseconds, up to a ceiling; of a stream, for its beginning.",
            "^[1-9][0-9]{0,8}$");
    var last =
        header(
            "Last-Event-ID",
            "The id of the last event the client has: the stream goes on after it. Wins over the query.",
            "^[^\\n\\r]*$");
    var parameters = new LinkedHashMap<String, Object>();
    parameters.put("RequestId", requestId);
    parameters.put("IdempotencyKey", key);
    parameters.put("Timeout", timeout);
    parameters.put("LastEventId", last);
    return parameters;
  }

  static Map<String, Object> headers() {
    var header = new LinkedHashMap<String, Object>();
    header.put("description", "Names the request in logs.");
    header.put("schema", schema("string"));
    return Map.of("RequestId", header);
  }

  private static Map<String, Object> header(String name, String description, String pattern) {
    var parameter = new LinkedHashMap<String, Object>();
    parameter.put("name", name);
    parameter.put("in", "header");
    parameter.put("description", description);
    parameter.put("schema", schema("string", "pattern", pattern));
    return parameter;
  }

  private static Map<String, Object> described(String type, String description) {
    return schema(type, "description", description);
  }
}
