package io.bodybroker.gateway.openapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.bodybroker.gateway.transcoding.FieldPath;
import io.bodybroker.gateway.transcoding.HttpBinding;
import io.bodybroker.gateway.transcoding.RequestBody;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Operations from bindings. Not thread-safe: it remembers which operation ids it has given. */
final class Operations {
  private static final String JSON = "application/json";

  private final Schemas schemas;
  private final Comments comments;
  private final Parameters parameters;
  private final Set<String> ids = new HashSet<>();

  Operations(Schemas schemas, Comments comments) {
    this.schemas = schemas;
    this.comments = comments;
    this.parameters = new Parameters(schemas);
  }

  Map<String, Object> of(HttpBinding binding, PathNames own, PathNames names) {
    var method = binding.method().descriptor();
    String comment = comments.of(method);
    var operation = new LinkedHashMap<String, Object>();
    operation.put("operationId", id(method.getService().getName() + "_" + method.getName()));
    operation.put("tags", List.of(method.getService().getName()));
    if (!comment.isEmpty()) {
      operation.put("summary", firstSentence(comment));
      operation.put("description", comment);
    }
    operation.put("parameters", parameters.of(binding, own, names));
    addBody(binding, operation);
    operation.put("responses", responses(binding));
    binding.method().access().ifPresent(access -> Security.restrict(operation, access));
    return operation;
  }

  private String id(String wanted) {
    String id = wanted;
    for (int i = 2; !ids.add(id); i++) {
      id = wanted + "_" + i;
    }
    return id;
  }

  private static String firstSentence(String comment) {
    int end = comment.indexOf(". ");
    int paragraph = comment.indexOf("\n\n");
    if (paragraph >= 0 && (end < 0 || paragraph < end)) {
      return comment.substring(0, paragraph);
    }
    return end < 0 ? comment : comment.substring(0, end + 1);
  }

  private void addBody(HttpBinding binding, Map<String, Object> operation) {
    switch (binding.body()) {
      case RequestBody.None none -> {}
      case RequestBody.Whole whole -> {
        Map<String, Object> schema = whole(binding);
        operation.put("requestBody", body(schema, schema.containsKey("required")));
      }
      case RequestBody.Field part -> {
        boolean isRequired = new Rules(part.field()).isRequired();
        operation.put("requestBody", body(schemas.field(part.field()), isRequired));
      }
    }
  }

  private Map<String, Object> whole(HttpBinding binding) {
    Descriptor type = binding.method().descriptor().getInputType();
    Set<FieldDescriptor> inPath =
        binding.pathFields().stream()
            .filter(path -> path.fields().size() == 1)
            .map(FieldPath::leaf)
            .collect(Collectors.toSet());
    return schemas.object(type, inPath);
  }

  private static Map<String, Object> body(Map<String, Object> schema, boolean isRequired) {
    var body = new LinkedHashMap<String, Object>();
    body.put("required", isRequired);
    body.put("content", Map.of(JSON, Map.of("schema", schema)));
    return body;
  }

  /** What one line or the data of one event is; OpenAPI 3.1 has no word for a sequence of them. */
  private static Map<String, Object> streams(Map<String, Object> message) {
    var line = new LinkedHashMap<String, Object>();
    line.put("type", "object");
    line.put("description", "One line: a message, or as the last one why the stream has failed.");
    line.put(
        "properties",
        Map.of("message", message, "problem", Map.of("$ref", "#/components/schemas/Problem")));
    var event = new LinkedHashMap<String, Object>(message);
    var content = new LinkedHashMap<String, Object>();
    content.put("text/event-stream", Map.of("schema", event));
    content.put("application/x-ndjson", Map.of("schema", line));
    return content;
  }

  private Map<String, Object> responses(HttpBinding binding) {
    var schema =
        binding
            .responseField()
            .map(schemas::field)
            .orElseGet(() -> schemas.message(binding.method().descriptor().getOutputType()));
    boolean isStream = binding.method().isServerStreaming();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("description", isStream ? "The messages, as they come." : "The answer.");
    answer.put("headers", Map.of("X-Request-Id", Map.of("$ref", "#/components/headers/RequestId")));
    answer.put("content", isStream ? streams(schema) : Map.of(JSON, Map.of("schema", schema)));
    var responses = new LinkedHashMap<String, Object>();
    responses.put("200", answer);
    responses.put("400", Map.of("$ref", "#/components/responses/BadRequest"));
    responses.put("503", Map.of("$ref", "#/components/responses/Unavailable"));
    responses.put("default", Map.of("$ref", "#/components/responses/Problem"));
    return responses;
  }
}
