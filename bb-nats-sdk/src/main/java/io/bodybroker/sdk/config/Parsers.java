package io.bodybroker.sdk.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From text to values. */
final class Parsers {
  private static final Pattern SIMPLE_DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final int MOST_OF_NAME = 64;

  private Parsers() {}

  static Function<String, Optional<Integer>> number(int least, int most) {
    return text -> {
      try {
        int value = Integer.parseInt(text);
        return value >= least && value <= most ? Optional.of(value) : Optional.empty();
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    };
  }

  static Optional<Boolean> flag(String text) {
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** One that a programmer wrote. */
  static Duration duration(String text) {
    return parsed(text).orElseThrow(() -> new IllegalArgumentException("duration: " + text));
  }

  static Function<String, Optional<Duration>> duration(Duration least, Duration most) {
    return text ->
        parsed(text).filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
  }

  private static Optional<Duration> parsed(String text) {
    Matcher simple = SIMPLE_DURATION.matcher(text);
    if (simple.matches()) {
      long amount = Long.parseLong(simple.group(1));
      return Optional.of(
          switch (simple.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
          });
    }
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** One that may stand in a subject: tokens, none of them empty. */
  static Optional<String> name(String text) {
    return text.length() <= MOST_OF_NAME && NAME.matcher(text).matches()
        ? Optional.of(text)
        : Optional.empty();
  }

  static Optional<String> host(String text) {
    return Pattern.matches("[A-Za-z0-9._:-]{1,253}", text) ? Optional.of(text) : Optional.empty();
  }

  /** Not of a key given in place of its file: what names a file is shown in messages. */
  static Optional<Path> path(String text) {
    try {
      return text.isEmpty() || Secrets.isContent(text)
          ? Optional.empty()
          : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  static Function<String, Optional<String>> url(String... schemes) {
    var allowed = Set.of(schemes);
    return text -> isUrl(text, allowed) ? Optional.of(text) : Optional.empty();
  }

  static Function<String, Optional<List<String>>> urls(String... schemes) {
    var allowed = Set.of(schemes);
    return text -> {
      List<String> all = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
      return all.stream().allMatch(url -> isUrl(url, allowed))
          ? Optional.of(all)
          : Optional.empty();
    };
  }

  private static boolean isUrl(String text, Set<String> schemes) {
    try {
      var uri = new URI(text);
      return uri.getScheme() != null
          && schemes.contains(uri.getScheme())
          && uri.getHost() != null
          && uri.getPort() != 0;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
