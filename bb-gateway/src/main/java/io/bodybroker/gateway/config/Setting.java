package io.bodybroker.gateway.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The gateway's settings: key in {@code application.yaml}, default, what is right, and how text is
 * read. The environment variable of {@code gateway.max-body} is {@code GATEWAY_MAX_BODY}.
 */
enum Setting {
  HOST("gateway.host", "0.0.0.0", "a host name or address", Setting::host),
  PORT("gateway.port", "8000", "0 to 65535", number(0, 65_535)),
  MAX_BODY("gateway.max-body", "1048576", "1 to 4194304 (bytes)", number(1, 4 * 1024 * 1024)),
  CALL_TIMEOUT(
      "gateway.call-timeout",
      "",
      "1ms to 5m",
      duration(Duration.ofMillis(1), Duration.ofMinutes(5))),
  MAX_CONCURRENCY("gateway.max-concurrency", "2048", "1 to 1000000", number(1, 1_000_000)),
  MAX_CONNECTIONS("gateway.max-connections", "8192", "1 to 1000000", number(1, 1_000_000)),
  IDLE_TIMEOUT(
      "gateway.idle-timeout",
      "75s",
      "1s to 1h",
      duration(Duration.ofSeconds(1), Duration.ofHours(1))),
  DRAIN_TIMEOUT(
      "gateway.drain-timeout", "20s", "0s to 10m", duration(Duration.ZERO, Duration.ofMinutes(10)));

  private static final Pattern SIMPLE_DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

  private final String key;
  private final String standard;
  private final String expected;
  private final Function<String, Optional<?>> parser;

  Setting(String key, String standard, String expected, Function<String, Optional<?>> parser) {
    this.key = key;
    this.standard = standard;
    this.expected = expected;
    this.parser = parser;
  }

  String key() {
    return key;
  }

  String variable() {
    return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** The default as text; empty if nothing is as good as any value. */
  String standard() {
    return standard;
  }

  Optional<?> parse(String text) {
    return parser.apply(text.strip());
  }

  /** What is wrong with a text given under a name. */
  String refusal(String name, String text) {
    return "%s: \"%s\" (expected: %s)".formatted(name, text, expected);
  }

  private static Optional<String> host(String text) {
    return text.isEmpty() || text.contains(" ") ? Optional.empty() : Optional.of(text);
  }

  private static Function<String, Optional<?>> number(int least, int most) {
    return text -> {
      try {
        int value = Integer.parseInt(text);
        return value >= least && value <= most ? Optional.of(value) : Optional.empty();
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    };
  }

  private static Function<String, Optional<?>> duration(Duration least, Duration most) {
    return text ->
        duration(text).filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
  }

  private static Optional<Duration> duration(String text) {
    Matcher simple = SIMPLE_DURATION.matcher(text);
    if (!simple.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(simple.group(1));
    return Optional.of(
        switch (simple.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofHours(amount);
        });
  }
}
