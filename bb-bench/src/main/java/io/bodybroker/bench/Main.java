package io.bodybroker.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code bb bench events}: measures, and prints a table. */
public final class Main {
  private static final String USAGE =
      "usage: bb bench events [--messages N] [--rounds N] [--bytes N] [--concurrency N]";

  private Main() {}

  /** Exits with 0 when all was measured, 2 if the command was not understood. */
  public static void main(String[] args) throws Exception {
    Map<String, Integer> options =
        new HashMap<>(
            Map.of("--messages", 20_000, "--rounds", 7, "--bytes", 200, "--concurrency", 256));
    var words = List.of(args);
    if (words.isEmpty() || !words.getFirst().equals("events") || !read(words, options)) {
      System.err.println(USAGE);
      System.exit(2);
    }
    Logger.getLogger("").setLevel(Level.SEVERE);
    new EventsBench(
            new EventsBench.Settings(
                number(options, "--messages"),
                number(options, "--rounds"),
                number(options, "--bytes"),
                number(options, "--concurrency")),
            System.out)
        .run();
  }

  private static int number(Map<String, Integer> options, String name) {
    return Objects.requireNonNull(options.get(name), name);
  }

  private static boolean read(List<String> words, Map<String, Integer> options) {
    for (int i = 1; i < words.size(); i += 2) {
      boolean isNumber = i + 1 < words.size() && words.get(i + 1).matches("[1-9]\\d{0,6}");
      if (!options.containsKey(words.get(i)) || !isNumber) {
        return false;
      }
      options.put(words.get(i), Integer.valueOf(words.get(i + 1)));
    }
    return true;
  }
}
