package io.bodybroker.sdk.health;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.spi.MeterRegistryFormatterProvider;
import io.helidon.service.registry.Services;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * {@code /metrics}: every meter of the process as Prometheus text.
 *
 * <p>The registry is made by whoever needs it first. Helidon's own metrics feature makes it, and
 * itself, when a server starts, which is a tenth of a service's start. Thread-safe.
 */
final class MetricsRoutes implements HttpService {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  @Override
  public void routing(HttpRules rules) {
    rules.get("/", MetricsRoutes::send);
  }

  private static void send(ServerRequest request, ServerResponse response) {
    response
        .header(HeaderNames.CONTENT_TYPE, PROMETHEUS_TEXT)
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send(text());
  }

  /** Empty while nothing has been measured. */
  private static String text() {
    var registry = Services.get(MeterRegistry.class);
    return ServiceLoader.load(MeterRegistryFormatterProvider.class).stream()
        .map(provider -> provider.get())
        .flatMap(provider -> formatted(provider, registry).stream())
        .findFirst()
        .orElse("");
  }

  private static Optional<String> formatted(
      MeterRegistryFormatterProvider provider, MeterRegistry registry) {
    return provider
        .formatter(
            MediaTypes.TEXT_PLAIN,
            MetricsConfig.create(),
            registry,
            Optional.empty(),
            List.of(),
            List.of())
        .flatMap(formatter -> formatter.format())
        .map(Object::toString);
  }
}
