package io.bodybroker.gateway.http;

import io.bodybroker.gateway.page.PageFile;
import io.bodybroker.gateway.problem.HttpProblems;
import io.bodybroker.gateway.problem.ProblemException;
import io.bodybroker.gateway.routing.PathTemplate;
import io.bodybroker.gateway.routing.RequestPath;
import io.bodybroker.gateway.routing.RouteMatch;
import io.bodybroker.gateway.routing.RouteTree;
import io.bodybroker.gateway.transcoding.HttpBinding;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Everything that can be asked for: the bindings of contracts, and pages of the gateway itself.
 * {@code HEAD} is served wherever {@code GET} is, and {@code OPTIONS} everywhere.
 *
 * <p>Filled before it is shared, then only read.
 */
public final class Routes {
  private static final String GET = "GET";
  private static final String HEAD = "HEAD";
  static final String OPTIONS = "OPTIONS";

  private final RouteTree<Endpoint> tree = new RouteTree<>();

  /**
   * Adds a page.
   *
   * @throws IllegalArgumentException if something else serves its path, naming both
   */
  public Routes page(String path, Supplier<Answer> content) {
    tree.add(GET, PathTemplate.literal(path), new Endpoint.Page(path, content));
    return this;
  }

  /**
   * Adds a page that is always the same.
   *
   * @throws IllegalArgumentException if something else serves its path, naming both
   */
  public Routes page(String path, Answer content) {
    Answer kept = content.compressed();
    return page(path, () -> kept);
  }

  /**
   * Adds files, each at its path and no other.
   *
   * @throws IllegalArgumentException if something else serves such a path, naming both
   */
  public Routes files(List<PageFile> files) {
    files.forEach(file -> page(file.path(), PageAnswers.of(file)));
    return this;
  }

  /**
   * Adds the bindings of contracts.
   *
   * @throws IllegalArgumentException if two serve the same requests, naming both
   */
  public Routes calls(List<HttpBinding> bindings) {
    for (HttpBinding binding : bindings) {
      tree.add(binding.verb(), binding.path(), new Endpoint.Call(binding));
    }
    return this;
  }

  /**
   * What serves a request.
   *
   * @throws ProblemException 404 or 405
   */
  RouteMatch.Found<Endpoint> find(String method, RequestPath path) {
    return switch (tree.match(method, path)) {
      case RouteMatch.Found<Endpoint> found -> found;
      case RouteMatch.Unknown<Endpoint> unknown -> throw HttpProblems.unknownRoute();
      case RouteMatch.WrongMethod<Endpoint> wrong -> instead(method, path, allowed(wrong));
    };
  }

  private RouteMatch.Found<Endpoint> instead(
      String method, RequestPath path, SortedSet<String> allowed) {
    String list = String.join(", ", allowed);
    if (method.equals(HEAD) && allowed.contains(GET)) {
      return find(GET, path);
    }
    if (method.equals(OPTIONS)) {
      var options = new Endpoint.Page("", () -> Answer.empty(204, Map.of("Allow", list)));
      return new RouteMatch.Found<>(options, List.of());
    }
    throw HttpProblems.wrongMethod(method, list);
  }

  private static SortedSet<String> allowed(RouteMatch.WrongMethod<Endpoint> wrong) {
    var allowed = new TreeSet<>(wrong.allowed());
    allowed.add(OPTIONS);
    if (allowed.contains(GET)) {
      allowed.add(HEAD);
    }
    return allowed;
  }
}
