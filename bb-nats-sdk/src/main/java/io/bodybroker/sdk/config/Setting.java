package io.bodybroker.sdk.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One setting of a program: its names, its default, what is right, and what it means. A {@link
 * SettingTable} reads several together.
 *
 * <pre>{@code
 * static final Setting<Integer> PORT =
 *     Setting.number("shop.port", "8000", 0, 65_535, "Port to listen on; 0 takes a free one.");
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> what its text is read as
 */
public final class Setting<T> {
  private final String key;
  private final String standard;
  private final String expected;
  private final String meaning;
  private final Function<String, Optional<T>> parser;

  private Setting(
      String key,
      String standard,
      String expected,
      Function<String, Optional<T>> parser,
      String meaning) {
    this.key = key;
    this.standard = standard;
    this.expected = expected;
    this.meaning = meaning;
    this.parser = parser;
    if (parse(standard).isEmpty()) {
      throw new IllegalArgumentException(refusal(key, standard));
    }
  }

  /**
   * A setting with a parser of its own.
   *
   * @param key in {@code application.yaml}: an area, a dot and a name, {@code nats.ping-interval}
   * @param standard the default, as text
   * @param expected what is right, in words, for refusals and reference pages
   * @param parser from text to value; empty if the text is not right
   * @param meaning what it does and why its default is what it is, for reference pages
   * @throws IllegalArgumentException if the default is not right
   */
  public static <T> Setting<T> of(
      String key,
      String standard,
      String expected,
      Function<String, Optional<T>> parser,
      String meaning) {
    return new Setting<>(key, standard, expected, parser, meaning);
  }

  /** A whole number from {@code least} to {@code most}. */
  public static Setting<Integer> number(
      String key, String standard, int least, int most, String meaning) {
    return of(key, standard, least + " to " + most, Parsers.number(least, most), meaning);
  }

  /**
   * A duration from {@code least} to {@code most}, all written as {@code 250ms}, {@code 2s}, {@code
   * 5m} or {@code 1h}.
   */
  public static Setting<Duration> duration(
      String key, String standard, String least, String most, String meaning) {
    var parser = Parsers.duration(Parsers.duration(least), Parsers.duration(most));
    return of(key, standard, least + " to " + most, parser, meaning);
  }

  /** Yes or no. */
  public static Setting<Boolean> flag(String key, String standard, String meaning) {
    return of(key, standard, "true or false", Parsers::flag, meaning);
  }

  /** A host name or an IP address, to listen on or to connect to. */
  public static Setting<String> host(String key, String standard, String meaning) {
    return of(key, standard, "a host name or address", Parsers::host, meaning);
  }

  /** A file; whether it is there is for whoever reads it to find out. */
  public static Setting<Path> file(String key, String standard, String meaning) {
    return of(key, standard, "the path of a file", Parsers::path, meaning);
  }

  /** The same, but that it may be left empty, and is so by default. */
  public Setting<Optional<T>> optional() {
    return of(
        key,
        "",
        "nothing, or " + expected,
        text ->
            text.isEmpty()
                ? Optional.of(Optional.empty())
                : parse(text).flatMap(value -> Optional.of(Optional.of(value))),
        meaning);
  }

  /** Its name in {@code application.yaml}. */
  public String key() {
    return key;
  }

  /**
   * Its name as an environment variable: {@code nats.ping-interval} is {@code NATS_PING_INTERVAL}.
   */
  public String variable() {
    return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** The default, as text. */
  public String standard() {
    return standard;
  }

  /** What is right, in words. */
  public String expected() {
    return expected;
  }

  /** What it does. */
  public String meaning() {
    return meaning;
  }

  /** The key's part before the dot. */
  String area() {
    return key.substring(0, key.indexOf('.') + 1);
  }

  Optional<T> parse(String text) {
    return parser.apply(text.strip());
  }

  /** What is wrong with a text, without what is secret in it. */
  String refusal(String name, String text) {
    return "%s: %s (expected: %s)".formatted(name, Secrets.quoted(text), expected);
  }

  @Override
  public String toString() {
    return key;
  }
}
