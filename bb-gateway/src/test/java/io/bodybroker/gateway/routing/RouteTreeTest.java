package io.bodybroker.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTreeTest {
  private static final List<String> ROUTES =
      List.of(
          "GET /v1/worlds/{world}",
          "PUT /v1/worlds/{world}",
          "GET /v1/worlds/default",
          "POST /v1/worlds/{world}:reset",
          "GET /v1/worlds/{world}/zones/{zone}",
          "GET /v1/worlds/default/zones/{zone}/map",
          "GET /v1/{name=shelves/*/books/*}",
          "GET /v1/files/{path=**}",
          "POST /v1/files/{path=**}:copy",
          "GET /v1/files/readme",
          "DELETE /v1/*/trash",
          "* /v1/any",
          "GET /v1/any/{x}/b",
          "PUT /v1/any/a/{y}");

  private final RouteTree<String> tree = new RouteTree<>();

  RouteTreeTest() {
    for (String route : ROUTES) {
      String[] parts = route.split(" ", -1);
      tree.add(parts[0], PathTemplate.parse(parts[1]), route);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /v1/worlds/w1                  | GET /v1/worlds/{world}                 | w1
          PUT    | /v1/worlds/w1                  | PUT /v1/worlds/{world}                 | w1
          GET    | /v1/worlds/default             | GET /v1/worlds/default                 |
          PUT    | /v1/worlds/default             | PUT /v1/worlds/{world}                 | default
          GET    | /v1/%77orlds/w1                | GET /v1/worlds/{world}                 | w1
          GET    | /v1/worlds/a.b                 | GET /v1/worlds/{world}                 | a.b
          GET    | /v1/worlds/*                   | GET /v1/worlds/{world}                 | *
          GET    | /v1/worlds/%3E                 | GET /v1/worlds/{world}                 | >
          GET    | /v1/worlds/a%20b               | GET /v1/worlds/{world}                 | a b
          GET    | /v1/worlds/a%2Fb               | GET /v1/worlds/{world}                 | a/b
          GET    | /v1/worlds/%C3%A4              | GET /v1/worlds/{world}                 | ä
          GET    | /v1/worlds/a%3Areset           | GET /v1/worlds/{world}                 | a:reset
          POST   | /v1/worlds/w1:reset            | POST /v1/worlds/{world}:reset          | w1
          POST   | /v1/worlds/a:b:reset           | POST /v1/worlds/{world}:reset          | a:b
          GET    | /v1/worlds/w1:other            | GET /v1/worlds/{world}                 | w1:other
          GET    | /v1/worlds/default/zones/z     | GET /v1/worlds/{world}/zones/{zone}    | default,z
          GET    | /v1/worlds/default/zones/z/map | GET /v1/worlds/default/zones/{zone}/map | z
          GET    | /v1/shelves/s/books/b          | GET /v1/{name=shelves/*/books/*}       | shelves/s/books/b
          GET    | /v1/shelves/s%2Ft/books/a%20b  | GET /v1/{name=shelves/*/books/*}       | shelves/s%2Ft/books/a b
          GET    | /v1/files/a/b/c                | GET /v1/files/{path=**}                | a/b/c
          GET    | /v1/files                      | GET /v1/files/{path=**}                | ''
          GET    | /v1/files/readme               | GET /v1/files/readme                   |
          GET    | /v1/files/readme/more          | GET /v1/files/{path=**}                | readme/more
          POST   | /v1/files/a/b:copy             | POST /v1/files/{path=**}:copy          | a/b
          DELETE | /v1/anything/trash             | DELETE /v1/*/trash                     |
          LINK   | /v1/any                        | * /v1/any                              |
          GET    | /v1/any/a/b                    | GET /v1/any/{x}/b                      | a
          PUT    | /v1/any/a/b                    | PUT /v1/any/a/{y}                      | b
          """)
  void finds(String method, String path, String route, String values) {
    List<String> expected =
        values == null ? List.of() : values.isEmpty() ? List.of("") : List.of(values.split(","));

    assertThat(tree.match(method, RequestPath.parse(path)))
        .isEqualTo(new RouteMatch.Found<>(route, expected));
  }

  @ParameterizedTest
  @CsvSource({
    "/",
    "/v1",
    "/v2/worlds/w1",
    "/v1/worlds",
    "/v1/worlds/",
    "/v1//worlds/w1",
    "/v1/worlds//zones/z",
    "/v1/worlds/w1/",
    "/v1/worlds/w1/zones",
    "/v1/files/a//b",
    "/V1/worlds/w1",
    "/v1/worlds%2Fw1",
    "/v1/worlds/w1/zones/z:reset/x"
  })
  void knowsNoOtherPath(String path) {
    assertThat(tree.match("GET", RequestPath.parse(path))).isEqualTo(new RouteMatch.Unknown<>());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE | /v1/worlds/w1       | GET,PUT
          DELETE | /v1/worlds/default  | GET,PUT
          GET    | /v1/worlds/w1:reset | POST
          PATCH  | /v1/any/a/b         | GET,PUT
          get    | /v1/worlds/w1       | GET,PUT
          """)
  void namesTheMethodsThatWouldDo(String method, String path, String allowed) {
    assertThat(tree.match(method, RequestPath.parse(path)))
        .isEqualTo(new RouteMatch.WrongMethod<>(new TreeSet<>(List.of(allowed.split(",")))));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/worlds/{other}",
    "GET, /v1/worlds/*",
    "GET, /v1/{a=worlds/*}",
    "POST, /v1/worlds/{w}:reset",
    "GET, /v1/files/**"
  })
  void refusesASecondRouteForTheSameRequests(String method, String template) {
    assertThatThrownBy(() -> tree.add(method, PathTemplate.parse(template), "the second"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the second")
        .hasMessageMatching(
            ".*: (" + String.join("|", ROUTES.stream().map(Pattern::quote).toList()) + "), and .*");
  }
}
