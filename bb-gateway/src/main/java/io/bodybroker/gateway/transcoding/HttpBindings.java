package io.bodybroker.gateway.transcoding;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.bodybroker.gateway.json.FieldNames;
import io.bodybroker.gateway.routing.PathTemplate;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code google.api.http} options of contracts. A method without one has no route. */
public final class HttpBindings {
  private static final FieldNames NAMES = new FieldNames();

  private HttpBindings() {}

  /**
   * All bindings, in the order of contracts and methods.
   *
   * @throws IllegalArgumentException if one cannot work, naming method and route and what would be
   *     right
   */
  public static List<HttpBinding> of(List<ServiceContract> contracts) {
    return contracts.stream()
        .flatMap(contract -> contract.methods().stream())
        .flatMap(method -> of(method).stream())
        .toList();
  }

  private static List<HttpBinding> of(RpcMethod<?, ?> method) {
    var options = method.descriptor().getOptions();
    if (!options.hasExtension(AnnotationsProto.http)) {
      return List.of();
    }
    HttpRule rule = options.getExtension(AnnotationsProto.http);
    var bindings = new ArrayList<HttpBinding>();
    bindings.add(binding(method, rule));
    for (HttpRule additional : rule.getAdditionalBindingsList()) {
      if (additional.getAdditionalBindingsCount() > 0) {
        throw refused(method, "additional_bindings", "no additional_bindings within another");
      }
      bindings.add(binding(method, additional));
    }
    return bindings;
  }

  private static HttpBinding binding(RpcMethod<?, ?> method, HttpRule rule) {
    String verb = verb(method, rule);
    PathTemplate path;
    try {
      path = PathTemplate.parse(pattern(method, rule));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(method + ": " + e.getMessage(), e);
    }
    List<FieldPath> fields =
        path.variables().stream().map(variable -> pathField(method, variable.field())).toList();
    return new HttpBinding(
        method, verb, path, fields, body(method, rule, verb), responseField(method, rule));
  }

  private static String verb(RpcMethod<?, ?> method, HttpRule rule) {
    return switch (rule.getPatternCase()) {
      case GET, PUT, POST, DELETE, PATCH -> rule.getPatternCase().name();
      case CUSTOM -> rule.getCustom().getKind();
      case PATTERN_NOT_SET -> throw refused(method, "google.api.http", "get, put, post, ...");
    };
  }

  private static String pattern(RpcMethod<?, ?> method, HttpRule rule) {
    return switch (rule.getPatternCase()) {
      case GET -> rule.getGet();
      case PUT -> rule.getPut();
      case POST -> rule.getPost();
      case DELETE -> rule.getDelete();
      case PATCH -> rule.getPatch();
      case CUSTOM -> rule.getCustom().getPath();
      case PATTERN_NOT_SET -> throw refused(method, "google.api.http", "get, put, post, ...");
    };
  }

  private static FieldPath pathField(RpcMethod<?, ?> method, String name) {
    FieldPath field = FieldPath.find(NAMES, requestType(method), name);
    if (field == null || !field.isText() || field.leaf().isRepeated()) {
      String expected =
          "a single field of " + requestType(method).getName() + " that is no message";
      throw refused(method, "path field {" + name + "}", expected);
    }
    return field;
  }

  private static RequestBody body(RpcMethod<?, ?> method, HttpRule rule, String verb) {
    String name = rule.getBody();
    if (name.isEmpty()) {
      return new RequestBody.None();
    }
    if (verb.equals("GET") || verb.equals("HEAD")) {
      throw refused(method, "body of " + verb, "none");
    }
    return name.equals("*")
        ? new RequestBody.Whole()
        : new RequestBody.Field(field(method, "body", requestType(method), name));
  }

  private static Optional<FieldDescriptor> responseField(RpcMethod<?, ?> method, HttpRule rule) {
    String name = rule.getResponseBody();
    return name.isEmpty() || name.equals("*")
        ? Optional.empty()
        : Optional.of(field(method, "response_body", method.descriptor().getOutputType(), name));
  }

  private static FieldDescriptor field(
      RpcMethod<?, ?> method, String what, Descriptor type, String name) {
    FieldDescriptor field = NAMES.find(type, name);
    if (field == null) {
      throw refused(method, what + " \"" + name + "\"", FieldNames.expected(type));
    }
    return field;
  }

  private static Descriptor requestType(RpcMethod<?, ?> method) {
    return method.descriptor().getInputType();
  }

  private static IllegalArgumentException refused(
      RpcMethod<?, ?> method, String what, String expected) {
    return new IllegalArgumentException("%s: %s (expected: %s)".formatted(method, what, expected));
  }
}
