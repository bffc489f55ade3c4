package io.bodybroker.gateway.openapi;

import io.bodybroker.gateway.json.JsonText;
import io.bodybroker.gateway.transcoding.HttpBinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An OpenAPI document with JSON pointers (RFC 6901) into it. */
record Document(Map<String, Object> tree) {
  static Document of(List<HttpBinding> bindings) {
    return new Document(OpenApi.of(bindings));
  }

  String json() {
    return JsonText.of(tree);
  }

  /** What a pointer leads to; null if there is no such thing. */
  @Nullable Object at(String pointer) {
    Object at = tree;
    for (String step : pointer.substring(1).split("/", -1)) {
      String name = step.replace("~1", "/").replace("~0", "~");
      at =
          switch (at) {
            case Map<?, ?> map -> map.get(name);
            case List<?> list -> list.get(Integer.parseInt(name));
            case null, default -> null;
          };
    }
    return at;
  }

  String text(String pointer) {
    return String.valueOf(at(pointer));
  }

  /** All references in it. */
  List<String> references() {
    var found = new ArrayList<String>();
    collect(tree, found);
    return found;
  }

  private static void collect(@Nullable Object node, List<String> found) {
    switch (node) {
      case Map<?, ?> map ->
          map.forEach((key, value) -> {
            if (key.equals("$ref")) {
              found.add(String.valueOf(value));
            }
            collect(value, found);
          });
      case List<?> list -> list.forEach(element -> collect(element, found));
      case null, default -> {}
    }
  }

  /** The operations by method and path, those with methods unknown to OpenAPI among them. */
  Map<String, Map<String, Object>> operations() {
    var operations = new LinkedHashMap<String, Map<String, Object>>();
    map(tree.get("paths"))
        .forEach((path, item) ->
            map(item)
                .forEach((key, value) -> {
                  if (key.equals("x-other-methods")) {
                    map(value)
                        .forEach(
                            (method, other) -> operations.put(method + " " + path, map(other)));
                  } else {
                    operations.put(key + " " + path, map(value));
                  }
                }));
    return operations;
  }

  /** The names of an operation's parameters in one place, sorted. */
  List<String> parameters(Map<String, Object> operation, String in) {
    return ((List<?>) Objects.requireNonNull(operation.get("parameters")))
        .stream()
            .map(parameter -> map(parameter))
            .filter(parameter -> in.equals(parameter.get("in")))
            .map(parameter -> String.valueOf(parameter.get("name")))
            .sorted()
            .toList();
  }

  @SuppressWarnings("unchecked") // the keys of JSON objects are texts
  static Map<String, Object> map(@Nullable Object node) {
    return (Map<String, Object>) Objects.requireNonNull(node);
  }
}
