package io.bodybroker.protoc.compatibility;

import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The HTTP routes of a method, {@code google.api.http}: each stays, in whatever order. */
final class RouteComparison {
  private static final List<String> VERBS = List.of("get", "put", "post", "delete", "patch");

  private final Changes changes;

  RouteComparison(Changes changes) {
    this.changes = changes;
  }

  /**
   * One route.
   *
   * @param request verb and path
   * @param body the field that the body is; {@code *} for the whole request, empty for none
   * @param responseBody the field that the response's body is; empty for the whole response
   */
  private record Route(String request, String body, String responseBody) {
    static Route of(DeclaredOption rule) {
      String request =
          VERBS.stream()
              .filter(rule::has)
              .findFirst()
              .map(verb -> verb.toUpperCase(Locale.ROOT) + " " + path(rule.text(verb)))
              .or(() ->
                  rule.messages("custom").stream()
                      .map(custom -> custom.text("kind") + " " + path(custom.text("path")))
                      .findFirst())
              .orElse("");
      return new Route(request, rule.text("body"), rule.text("response_body"));
    }

    /** {@code {x=*}} is the long form of {@code {x}}. */
    private static String path(String template) {
      return template.replace("=*}", "}");
    }
  }

  void compare(MethodDescriptor was, MethodDescriptor is) {
    List<Route> now = routes(is);
    for (Route route : routes(was)) {
      Optional<Route> kept =
          now.stream().filter(other -> other.request().equals(route.request())).findFirst();
      if (kept.isEmpty()) {
        changes.add(
            is,
            "has no route %s any more%s".formatted(route.request(), shown(now)),
            "it stays, new ones as additional_bindings",
            Broken.HTTP_CLIENTS);
      } else if (!kept.get().equals(route)) {
        changes.add(
            is,
            "has another body for %s: %s, had %s"
                .formatted(route.request(), bodies(kept.get()), bodies(route)),
            bodies(route),
            Broken.HTTP_CLIENTS);
      }
    }
  }

  private static List<Route> routes(MethodDescriptor method) {
    return DeclaredOption.of(method, DeclaredOption.HTTP).stream()
        .flatMap(
            rule -> Stream.concat(Stream.of(rule), rule.messages("additional_bindings").stream()))
        .map(Route::of)
        .toList();
  }

  private static String shown(List<Route> routes) {
    return routes.isEmpty() ? "" : ", has " + routes.stream().map(Route::request).toList();
  }

  private static String bodies(Route route) {
    return "body: \"%s\" response_body: \"%s\"".formatted(route.body(), route.responseBody());
  }
}
