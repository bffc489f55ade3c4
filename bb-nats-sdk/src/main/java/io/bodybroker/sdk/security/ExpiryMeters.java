package io.bodybroker.sdk.security;

import io.bodybroker.sdk.metrics.Metric;
import io.bodybroker.sdk.metrics.Metrics;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** When what connections depend on expires, as metrics: the one thing that fails by itself. */
final class ExpiryMeters {
  private static final Metric NOT_AFTER =
      Metric.gauge(
          "security_not_after_timestamp_seconds",
          "When it expires, in seconds since 1970; +Inf if it does not, or nothing was shown yet",
          "what");

  private ExpiryMeters() {}

  static void register(Metrics metrics, SecurityFiles files) {
    observe(metrics, "nats.server", () -> files.nats().flatMap(TlsClient::serverEnds));
    observe(metrics, "redis.server", () -> files.redis().flatMap(TlsClient::serverEnds));
    files.nats().ifPresent(tls -> register(metrics, "nats", tls));
    files.redis().ifPresent(tls -> register(metrics, "redis", tls));
    if (files.credentials().isPresent()) {
      observe(metrics, "nats.creds", files::credentialsEnd);
    }
  }

  private static void register(Metrics metrics, String area, TlsClient tls) {
    if (tls.material().authorityEnds().isPresent()) {
      observe(metrics, area + ".ca", () -> tls.material().authorityEnds());
    }
    if (tls.hasCertificate()) {
      observe(metrics, area + ".cert", () -> tls.material().certificateEnds());
    }
  }

  private static void observe(Metrics metrics, String what, Supplier<Optional<Instant>> end) {
    metrics.observe(
        NOT_AFTER,
        () ->
            end.get()
                .<Double>map(instant -> (double) instant.getEpochSecond())
                .orElse(Double.POSITIVE_INFINITY),
        what);
  }
}
