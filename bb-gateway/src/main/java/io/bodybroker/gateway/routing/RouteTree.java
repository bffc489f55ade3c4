package io.bodybroker.gateway.routing;

import io.bodybroker.gateway.routing.PathTemplate.Literal;
import io.bodybroker.gateway.routing.PathTemplate.One;
import io.bodybroker.gateway.routing.PathTemplate.Rest;
import io.bodybroker.gateway.routing.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All routes, as one tree of path segments. A literal beats {@code *}, which beats {@code **}; if
 * that choice leads nowhere, or nowhere with the wanted method, the next best is tried. A lookup
 * compares each segment with a hash table: no pattern is evaluated, and its cost does not grow with
 * the number of routes.
 *
 * <p>Routes are added before it is shared; then it is only read, by any number of threads.
 *
 * @param <T> what serves a route
 */
public final class RouteTree<T> {
  /** Stands for every method that a path does not name itself. */
  public static final String ANY_METHOD = "*";

  private record Route<T>(PathTemplate template, T target) {}

  private final Node<T> root = new Node<>();

  /** What hangs below one segment. Verbs are keys of leaves; the empty text is no verb. */
  private static final class Node<T> {
    final Map<String, Node<T>> literals = new HashMap<>();
    final Map<String, Map<String, Route<T>>> here = new HashMap<>();
    final Map<String, Map<String, Route<T>>> rest = new HashMap<>();
    @Nullable Node<T> one;
  }

  /**
   * Adds a route.
   *
   * @throws IllegalArgumentException if another one serves the same method and path, naming both
   */
  public void add(String method, PathTemplate template, T target) {
    Node<T> node = root;
    boolean isRest = false;
    for (Segment segment : template.segments()) {
      switch (segment) {
        case Literal literal ->
            node = node.literals.computeIfAbsent(literal.text(), text -> new Node<>());
        case One one -> {
          if (node.one == null) {
            node.one = new Node<>();
          }
          node = node.one;
        }
        case Rest rest -> isRest = true;
      }
    }
    var route = new Route<>(template, target);
    var other =
        (isRest ? node.rest : node.here)
            .computeIfAbsent(template.verb().orElse(""), verb -> new HashMap<>())
            .putIfAbsent(method, route);
    if (other != null) {
      throw new IllegalArgumentException(
          "two routes for the same requests: %s, and %s".formatted(other.target(), target));
    }
  }

  /** Finds what serves a request. */
  public RouteMatch<T> match(String method, RequestPath path) {
    var allowed = new TreeSet<String>();
    Route<T> route = null;
    if (path.verbColon() >= 0) {
      route = new Search<T>(method, path.withoutVerb(), path.verb(), allowed).below(root, 0);
    }
    if (route == null && allowed.isEmpty()) {
      route = new Search<T>(method, path, "", allowed).below(root, 0);
      return match(route, path, allowed);
    }
    return match(route, path.withoutVerb(), allowed);
  }

  private static <T> RouteMatch<T> match(
      @Nullable Route<T> route, RequestPath path, SortedSet<String> allowed) {
    if (route == null) {
      return allowed.isEmpty() ? new RouteMatch.Unknown<>() : new RouteMatch.WrongMethod<>(allowed);
    }
    PathTemplate template = route.template();
    var values = new ArrayList<String>(template.variables().size());
    for (PathTemplate.Variable variable : template.variables()) {
      values.add(path.value(variable, template.segments().size()));
    }
    return new RouteMatch.Found<>(route.target(), values);
  }

  /**
   * One lookup. {@code allowed} collects the methods of routes that have the path but not the
   * wanted method.
   */
  private record Search<T>(
      String method, RequestPath path, String verb, SortedSet<String> allowed) {
    @Nullable Route<T> below(Node<T> node, int index) {
      Route<T> found = null;
      if (index == path.size()) {
        found = pick(node.here);
      } else if (!path.segment(index).isEmpty()) {
        Node<T> literal = node.literals.get(path.segment(index));
        if (literal != null) {
          found = below(literal, index + 1);
        }
        if (found == null && node.one != null) {
          found = below(node.one, index + 1);
        }
      }
      return found == null && isFilledFrom(index) ? pick(node.rest) : found;
    }

    private @Nullable Route<T> pick(Map<String, Map<String, Route<T>>> leaves) {
      Map<String, Route<T>> methods = leaves.get(verb);
      if (methods == null) {
        return null;
      }
      Route<T> route = methods.getOrDefault(method, methods.get(ANY_METHOD));
      if (route == null) {
        allowed.addAll(methods.keySet());
      }
      return route;
    }

    private boolean isFilledFrom(int index) {
      for (int i = index; i < path.size(); i++) {
        if (path.segment(i).isEmpty()) {
          return false;
        }
      }
      return true;
    }
  }
}
