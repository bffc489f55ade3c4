package io.bodybroker.sdk.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * One setting: its names, its default, what is right, and what it means.
 *
 * @param key in {@code application.yaml}, {@code nats.url}
 * @param standard the default, as text
 * @param expected what is right, in words, for refusals and the reference page
 * @param meaning what it does and why its default is what it is, for the reference page
 * @param parser from text to value; empty if the text is not right
 */
record Setting<T>(
    String key,
    String standard,
    String expected,
    String meaning,
    Function<String, Optional<T>> parser) {

  /** The environment variable: {@code nats.ping-interval} is {@code NATS_PING_INTERVAL}. */
  String variable() {
    return key.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT);
  }

  Optional<T> parse(String text) {
    return parser.apply(text.strip());
  }

  T standardValue() {
    return parse(standard).orElseThrow(() -> new IllegalStateException("default of " + key));
  }

  /** What is wrong with a text; passwords in it are masked. */
  String refusal(String name, String text) {
    return "%s: \"%s\" (expected: %s)".formatted(name, Secrets.mask(text), expected);
  }
}
