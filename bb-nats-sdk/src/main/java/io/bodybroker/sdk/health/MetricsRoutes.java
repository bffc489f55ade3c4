package io.bodybroker.sdk.health;

import io.bodybroker.sdk.metrics.Metrics;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;

/** {@code /metrics}: the metrics of a program and of its process, as Prometheus text. */
final class MetricsRoutes implements HttpService {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Metrics metrics;

  MetricsRoutes(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(
        "/",
        (request, response) ->
            response
                .header(HeaderNames.CONTENT_TYPE, PROMETHEUS_TEXT)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send(metrics.text()));
  }
}
