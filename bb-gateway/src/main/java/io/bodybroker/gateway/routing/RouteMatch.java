package io.bodybroker.gateway.routing;

import java.util.List;
import java.util.SortedSet;

/** What a {@link RouteTree} has for a request. */
public sealed interface RouteMatch<T> {
  /**
   * A route.
   *
   * @param target what serves it
   * @param values the texts of the template's variables, in its order
   */
  record Found<T>(T target, List<String> values) implements RouteMatch<T> {}

  /** The path is known, but not with this method; {@code allowed} are those it has. */
  record WrongMethod<T>(SortedSet<String> allowed) implements RouteMatch<T> {}

  /** The path is not known. */
  record Unknown<T>() implements RouteMatch<T> {}
}
