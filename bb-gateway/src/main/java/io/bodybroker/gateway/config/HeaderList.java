package io.bodybroker.gateway.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Lists within a setting: header names, origins. */
final class HeaderList {
  /** The names that say who asks, those that prove it, and those that NATS reads. */
  private static final Pattern RESERVED =
      Pattern.compile("(bb|nats)-.*|(proxy-)?authorization|cookie");

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?");

  private HeaderList() {}

  static Optional<List<String>> names(String text) {
    return list(text, name -> NAME.matcher(name).matches() && !RESERVED.matcher(name).matches());
  }

  static Optional<List<String>> origins(String text) {
    return text.strip().equals("*")
        ? Optional.of(List.of("*"))
        : list(text, origin -> ORIGIN.matcher(origin).matches());
  }

  private static Optional<List<String>> list(String text, Predicate<String> isRight) {
    if (text.isBlank()) {
      return Optional.of(List.of());
    }
    var items =
        Arrays.stream(text.toLowerCase(Locale.ROOT).split(",", -1)).map(String::strip).toList();
    return items.stream().allMatch(isRight) ? Optional.of(items) : Optional.empty();
  }
}
