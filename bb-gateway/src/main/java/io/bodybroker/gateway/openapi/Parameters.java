package io.bodybroker.gateway.openapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.bodybroker.gateway.json.FieldText;
import io.bodybroker.gateway.transcoding.FieldPath;
import io.bodybroker.gateway.transcoding.HttpBinding;
import io.bodybroker.gateway.transcoding.RequestBody;
import io.bodybroker.sdk.rpc.Idempotency;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of an operation, in path, query and headers. */
final class Parameters {
  private final Schemas schemas;

  Parameters(Schemas schemas) {
    this.schemas = schemas;
  }

  /**
   * All of them.
   *
   * @param names those of the path, which the first operation of a path decides for all of it
   */
  List<Object> of(HttpBinding binding, PathNames own, PathNames names) {
    var parameters = new ArrayList<>();
    for (int i = 0; i < names.wildcards().size(); i++) {
      parameters.add(path(names.wildcards().get(i).name(), own.wildcards().get(i)));
    }
    if (!(binding.body() instanceof RequestBody.Whole)) {
      Descriptor type = binding.method().descriptor().getInputType();
      addQuery(binding, type, new ArrayDeque<>(), parameters);
    }
    if (binding.method().idempotency() != Idempotency.NO_SIDE_EFFECTS) {
      parameters.add(Map.of("$ref", "#/components/parameters/IdempotencyKey"));
    }
    if (binding.method().resume().isPresent()) {
      parameters.add(Map.of("$ref", "#/components/parameters/LastEventId"));
    }
    parameters.add(Map.of("$ref", "#/components/parameters/Timeout"));
    parameters.add(Map.of("$ref", "#/components/parameters/RequestId"));
    return parameters;
  }

  private Map<String, Object> path(String name, PathNames.Wildcard wildcard) {
    Map<String, Object> schema =
        wildcard.field().map(schemas::field).orElseGet(() -> Schemas.schema("string"));
    if (wildcard.isRest()) {
      schema.put("description", "What is left of the path; its slashes are not escaped.");
    }
    return parameter(name, "path", true, schema);
  }

  /** Messages dissolve into their fields; one that holds itself does so once. */
  private void addQuery(
      HttpBinding binding, Descriptor type, Deque<FieldDescriptor> outer, List<Object> parameters) {
    for (FieldDescriptor field : type.getFields()) {
      if (outer.contains(field)) {
        continue;
      }
      outer.addLast(field);
      var path = new FieldPath(List.copyOf(outer));
      if (!isElsewhere(binding, path)) {
        if (!field.isMapField() && FieldText.isPossibleFor(field)) {
          boolean isRequired = outer.size() == 1 && new Rules(field).isRequired();
          parameters.add(parameter(path.jsonName(), "query", isRequired, schemas.field(field)));
        } else if (path.isMessage()) {
          addQuery(binding, field.getMessageType(), outer, parameters);
        }
      }
      outer.removeLast();
    }
  }

  private static boolean isElsewhere(HttpBinding binding, FieldPath path) {
    boolean isBody =
        binding.body() instanceof RequestBody.Field part
            && part.field().equals(path.fields().getFirst());
    return isBody || binding.pathFields().contains(path);
  }

  private static Map<String, Object> parameter(
      String name, String in, boolean isRequired, Map<String, Object> schema) {
    var parameter = new LinkedHashMap<String, Object>();
    parameter.put("name", name);
    parameter.put("in", in);
    Object description = schema.remove("description");
    if (description != null) {
      parameter.put("description", description);
    }
    if (isRequired) {
      parameter.put("required", true);
    }
    parameter.put("schema", schema);
    return parameter;
  }
}
