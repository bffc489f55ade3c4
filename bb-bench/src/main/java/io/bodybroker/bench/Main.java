package io.bodybroker.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code bb bench}: measures, and prints a table. */
public final class Main {
  private static final String USAGE =
      """
      usage: bb bench events [--messages N] [--rounds N] [--bytes N] [--concurrency N]
             bb bench services [SERVICE...] [--seconds N]\
      """;

  private Main() {}

  /** Exits with 0 when all was measured, 2 if the command was not understood. */
  public static void main(String[] args) throws Exception {
    var words = List.of(args);
    Logger.getLogger("").setLevel(Level.SEVERE);
    boolean understood =
        switch (words.isEmpty() ? "" : words.getFirst()) {
          case "events" -> events(words.subList(1, words.size()));
          case "services" -> services(words.subList(1, words.size()));
          default -> false;
        };
    if (!understood) {
      System.err.println(USAGE);
    }
    // What was measured may have left threads behind.
    System.exit(understood ? 0 : 2);
  }

  private static boolean events(List<String> words) throws Exception {
    Map<String, Integer> options =
        new HashMap<>(
            Map.of("--messages", 20_000, "--rounds", 7, "--bytes", 200, "--concurrency", 256));
    if (!read(words, options)) {
      return false;
    }
    new EventsBench(
            new EventsBench.Settings(
                number(options, "--messages"),
                number(options, "--rounds"),
                number(options, "--bytes"),
                number(options, "--concurrency")),
            System.out)
        .run();
    return true;
  }

  private static boolean services(List<String> words) throws Exception {
    Map<String, Integer> options = new HashMap<>(Map.of("--seconds", 10));
    var names = words.stream().takeWhile(word -> !word.startsWith("--")).toList();
    var known = ServiceLoads.all();
    var chosen =
        known.stream().filter(load -> names.isEmpty() || names.contains(load.service())).toList();
    boolean areKnown = names.isEmpty() || chosen.size() == names.size();
    if (!areKnown || !read(words.subList(names.size(), words.size()), options)) {
      System.err.printf(
          "services: %s%n", String.join(", ", known.stream().map(ServiceLoad::service).toList()));
      return false;
    }
    new ServicesBench(number(options, "--seconds"), System.out).run(chosen);
    return true;
  }

  private static int number(Map<String, Integer> options, String name) {
    return Objects.requireNonNull(options.get(name), name);
  }

  private static boolean read(List<String> words, Map<String, Integer> options) {
    for (int i = 0; i < words.size(); i += 2) {
      boolean isNumber = i + 1 < words.size() && words.get(i + 1).matches("[1-9]\\d{0,6}");
      if (!options.containsKey(words.get(i)) || !isNumber) {
        return false;
      }
      options.put(words.get(i), Integer.valueOf(words.get(i + 1)));
    }
    return true;
  }
}
