package io.bodybroker.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command's words: options of known names, and the rest in order. */
final class Arguments {
  private final Map<String, String> options = new LinkedHashMap<>();
  private final List<String> words = new ArrayList<>();

  private Arguments() {}

  /**
   * @param flags options without a value, such as {@code --processes}
   * @param valued options with one, as {@code --port 1} or {@code --port=1}
   * @throws CommandException for an option that is neither, naming those there are
   */
  static Arguments parse(List<String> arguments, Set<String> flags, Set<String> valued) {
    var parsed = new Arguments();
    var left = new ArrayList<>(arguments);
    while (!left.isEmpty()) {
      String word = left.removeFirst();
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (!word.startsWith("--")) {
        parsed.words.add(word);
      } else if (flags.contains(word)) {
        parsed.options.put(word, "");
      } else if (!valued.contains(name)) {
        throw CommandException.usage(
            "unknown option %s (expected: one of %s %s)".formatted(word, flags, valued));
      } else if (parsed.options.containsKey(name)) {
        throw CommandException.usage(name + " is given twice (expected: once)");
      } else if (equals >= 0) {
        parsed.options.put(name, word.substring(equals + 1));
      } else if (left.isEmpty()) {
        throw CommandException.usage(name + " needs a value");
      } else {
        parsed.options.put(name, left.removeFirst());
      }
    }
    return parsed;
  }

  List<String> words() {
    return words;
  }

  boolean has(String flag) {
    return options.containsKey(flag);
  }

  /** An option's value, if it was given. */
  Optional<String> text(String option) {
    return Optional.ofNullable(options.get(option));
  }

  /** An option's value, else an environment variable's, else a default. */
  int number(String option, String variable, int standard, int least, int most) {
    return parsed(
        option, options.getOrDefault(option, System.getenv(variable)), standard, least, most);
  }

  /** An option's value, else a default. */
  int number(String option, int standard, int least, int most) {
    return parsed(option, options.get(option), standard, least, most);
  }

  private static int parsed(
      String option, @Nullable String text, int standard, int least, int most) {
    if (text == null) {
      return standard;
    }
    String shown = "%s: \"%s\" (expected: %d to %d)".formatted(option, text, least, most);
    try {
      int value = Integer.parseInt(text);
      if (value < least || value > most) {
        throw CommandException.usage(shown);
      }
      return value;
    } catch (NumberFormatException e) {
      throw CommandException.usage(shown);
    }
  }

  /** An option in seconds or milliseconds, such as {@code 5s} or {@code 250ms}. */
  Duration duration(String option, Duration standard) {
    @Nullable String text = options.get(option);
    if (text == null) {
      return standard;
    }
    try {
      return text.endsWith("ms")
          ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
          : Duration.parse("PT" + text);
    } catch (RuntimeException e) {
      throw CommandException.usage(
          option + ": \"" + text + "\" (expected: for example 2s or 250ms)");
    }
  }
}
