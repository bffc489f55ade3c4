package io.bodybroker.gateway.http;

import io.bodybroker.gateway.config.GatewayConfig;
import io.helidon.webserver.cors.CorsFeature;
import io.helidon.webserver.cors.CorsPathConfig;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which pages of other sites may ask, and see the answers (WHATWG Fetch, CORS protocol). Never with
 * cookies: nothing here reads any.
 */
final class Cors {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  private Cors() {}

  /** What answers for it; empty if no page of another site may. */
  static Optional<CorsFeature> feature(GatewayConfig config) {
    if (config.corsOrigins().isEmpty()) {
      return Optional.empty();
    }
    Set<String> headers = new HashSet<>(config.passHeaders());
    headers.addAll(
        Set.of(
            "Accept",
            EdgeHeaders.AUTHORIZATION.defaultCase(),
            "Content-Type",
            EdgeHeaders.IDEMPOTENCY_KEY.defaultCase(),
            EdgeHeaders.REQUEST_ID.defaultCase(),
            EdgeHeaders.TIMEOUT.defaultCase(),
            EdgeHeaders.LAST_EVENT_ID.defaultCase()));
    var all =
        CorsPathConfig.builder()
            .pathPattern("/*")
            .allowOrigins(Set.copyOf(config.corsOrigins()))
            .allowMethods(METHODS)
            .allowHeaders(headers)
            .exposeHeaders(
                Set.of(EdgeHeaders.REQUEST_ID.defaultCase(), "Retry-After", "WWW-Authenticate"))
            .build();
    return Optional.of(CorsFeature.builder().addDefaults(false).addPath(all).build());
  }
}
