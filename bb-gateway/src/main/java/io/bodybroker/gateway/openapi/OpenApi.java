package io.bodybroker.gateway.openapi;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.bodybroker.gateway.transcoding.HttpBinding;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The OpenAPI 3.1 document of a gateway. */
public final class OpenApi {
  /** The methods OpenAPI has a place for. */
  private static final Set<String> VERBS =
      Set.of("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE");

  private final Comments comments = Comments.onClassPath();
  private final Schemas schemas = new Schemas(comments);
  private final Operations operations = new Operations(schemas, comments);
  private final Map<String, Object> tags = new TreeMap<>();
  private final Map<String, PathNames> names = new HashMap<>();
  private final Map<String, Map<String, Object>> paths = new TreeMap<>();
  private boolean isRestricted;

  private OpenApi() {}

  /** The document as a tree of maps and lists, always the same for the same bindings. */
  public static Map<String, Object> of(List<HttpBinding> bindings) {
    var document = new OpenApi();
    bindings.forEach(document::add);
    return document.tree();
  }

  private void add(HttpBinding binding) {
    PathNames own = PathNames.of(binding);
    PathNames first = names.computeIfAbsent(own.shape(), shape -> own);
    Map<String, Object> item = paths.computeIfAbsent(first.path(), path -> new LinkedHashMap<>());
    item(item, binding.verb()).put(key(binding.verb()), operations.of(binding, own, first));
    tag(binding.method().descriptor().getService());
    isRestricted |= binding.method().access().isPresent();
  }

  private static String key(String verb) {
    return VERBS.contains(verb) ? verb.toLowerCase(Locale.ROOT) : verb;
  }

  /** Methods of other names go where OpenAPI allows anything. */
  @SuppressWarnings("unchecked") // only this method puts the extension
  private static Map<String, Object> item(Map<String, Object> item, String verb) {
    return VERBS.contains(verb)
        ? item
        : (Map<String, Object>)
            item.computeIfAbsent("x-other-methods", key -> new LinkedHashMap<String, Object>());
  }

  private void tag(ServiceDescriptor service) {
    var tag = new LinkedHashMap<String, Object>();
    tag.put("name", service.getName());
    if (!comments.of(service).isEmpty()) {
      tag.put("description", comments.of(service));
    }
    tags.put(service.getName(), tag);
  }

  private Map<String, Object> tree() {
    var info = new LinkedHashMap<String, Object>();
    info.put("title", "The Body Broker");
    info.put("version", "v1");
    info.put(
        "description",
        "The game's services over HTTP and JSON. Field names are in lowerCamelCase, 64-bit integers are strings, enums are names.");
    schemas.components().put(ProblemSchema.NAME, ProblemSchema.schemaOfProblem());
    var components = new LinkedHashMap<String, Object>();
    components.put("schemas", schemas.components());
    components.put("responses", ProblemSchema.responses());
    components.put("parameters", ProblemSchema.parameters());
    components.put("headers", ProblemSchema.headers());
    if (isRestricted) {
      components.put("securitySchemes", Security.schemes());
    }
    var document = new LinkedHashMap<String, Object>();
    document.put("openapi", "3.1.0");
    document.put("info", info);
    document.put("servers", List.of(Map.of("url", "/")));
    document.put("tags", List.copyOf(tags.values()));
    document.put("paths", paths);
    document.put("components", components);
    return document;
  }
}
