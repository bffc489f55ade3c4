package io.bodybroker.sdk.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with settings that are right each for itself. */
final class CrossChecks {
  private final List<String> problems = new ArrayList<>();

  private CrossChecks() {}

  static List<String> problems(BusConfig config) {
    var checks = new CrossChecks();
    checks.backoff(config);
    checks.pair(Settings.NATS_CERT, config.natsCert(), Settings.NATS_KEY, config.natsKey());
    checks.pair(Settings.REDIS_CERT, config.redisCert(), Settings.REDIS_KEY, config.redisKey());
    checks.oneIdentity(config);
    checks.redisScheme(config);
    return checks.problems;
  }

  private void refuse(Setting<?> setting, Object value, String expected) {
    problems.add(
        "%s: %s (expected: %s)"
            .formatted(setting.key(), Secrets.quoted(value.toString()), expected));
  }

  private void backoff(BusConfig config) {
    if (config.callBackoffMin().compareTo(config.callBackoffMax()) > 0) {
      refuse(
          Settings.CALL_BACKOFF_MIN,
          config.callBackoffMin(),
          "at most %s, which is %s"
              .formatted(Settings.CALL_BACKOFF_MAX.key(), config.callBackoffMax()));
    }
  }

  private void pair(
      Setting<?> certificate, Optional<Path> shown, Setting<?> key, Optional<Path> held) {
    if (shown.isPresent() && held.isEmpty()) {
      refuse(certificate, shown.get(), key.key() + " beside it, its private key");
    }
    if (held.isPresent() && shown.isEmpty()) {
      refuse(key, held.get(), certificate.key() + " beside it, the certificate it is for");
    }
  }

  private void oneIdentity(BusConfig config) {
    if (config.natsCreds().isPresent() && config.natsNkey().isPresent()) {
      refuse(
          Settings.NATS_NKEY,
          config.natsNkey().get(),
          "nothing, since " + Settings.NATS_CREDS.key() + " says already who we are");
    }
  }

  private void redisScheme(BusConfig config) {
    boolean files =
        config.redisCa().isPresent()
            || config.redisCert().isPresent()
            || config.redisKey().isPresent();
    if (files && !config.redisUrl().startsWith("rediss:")) {
      refuse(
          Settings.REDIS_URL,
          config.redisUrl(),
          "rediss://host:port, since there are files for TLS with it");
    }
  }
}
