package io.bodybroker.bench.run;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for on the command line.
 *
 * @param text the command, without files
 * @param parts of the one benchmark; empty for all of it
 * @param json where to write the report for programs; null for nowhere
 * @param html where to write the page
 * @param charts the folder for the charts as images; null for none
 */
public record Command(
    String text,
    List<Benchmark> benchmarks,
    boolean isQuick,
    List<String> parts,
    @Nullable Path json,
    Path html,
    @Nullable Path charts) {
  /** All benchmarks, one after the other. */
  public static final String ALL = "all";

  private static final Path PAGES = Path.of(".bb", "bench");

  /**
   * Reads the words after {@code bb bench}.
   *
   * @param caller the folder that files are named from
   * @throws UsageException if one is not understood
   */
  public static Command parse(List<String> words, List<Benchmark> known, Path caller)
      throws UsageException {
    var left = new ArrayDeque<>(words);
    if (left.isEmpty()) {
      throw new UsageException("no benchmark (expected: " + names(known) + ")");
    }
    String name = left.removeFirst();
    var benchmarks =
        known.stream().filter(each -> name.equals(ALL) || each.name().equals(name)).toList();
    if (benchmarks.isEmpty()) {
      throw new UsageException(
          "unknown benchmark \"%s\" (expected: %s)".formatted(name, names(known)));
    }
    var possible = name.equals(ALL) ? List.<String>of() : benchmarks.getFirst().parts();
    boolean isQuick = false;
    var parts = new ArrayList<String>();
    Path json = null;
    Path html = PAGES.resolve(name + ".html");
    Path charts = null;
    while (!left.isEmpty()) {
      String word = left.removeFirst();
      switch (word) {
        case "--quick" -> isQuick = true;
        case "--json" -> json = caller.resolve(value(word, left, "a file"));
        case "--html" -> html = caller.resolve(value(word, left, "a file"));
        case "--charts" -> charts = caller.resolve(value(word, left, "a folder"));
        default -> parts.add(part(word, name, possible));
      }
    }
    return new Command(text(name, parts, isQuick), benchmarks, isQuick, parts, json, html, charts);
  }

  /** Where reports are written is nobody's business who reads one. */
  private static String text(String name, List<String> parts, boolean isQuick) {
    var text = new StringBuilder("./bb bench ").append(name);
    parts.forEach(part -> text.append(' ').append(part));
    return text.append(isQuick ? " --quick" : "").toString();
  }

  private static String value(String option, Deque<String> left, String expected)
      throws UsageException {
    String value = left.pollFirst();
    if (value == null || value.isBlank() || value.startsWith("--")) {
      throw new UsageException(
          "%s: %s (expected: %s)"
              .formatted(option, value == null ? "no value" : '"' + value + '"', expected));
    }
    try {
      return Path.of(value).toString();
    } catch (InvalidPathException e) {
      throw new UsageException("%s: \"%s\" (expected: %s)".formatted(option, value, expected));
    }
  }

  private static String part(String word, String benchmark, List<String> possible)
      throws UsageException {
    if (word.startsWith("-")) {
      throw new UsageException(
          "unknown option \"%s\" (expected: --quick, --json FILE, --html FILE, --charts DIR)"
              .formatted(word));
    }
    if (possible.isEmpty()) {
      throw new UsageException(
          "%s: unexpected \"%s\" (expected: an option; it has no parts)"
              .formatted(benchmark, word));
    }
    if (!possible.contains(word)) {
      throw new UsageException(
          "%s: unknown part \"%s\" (expected: %s)"
              .formatted(benchmark, word, String.join(", ", possible)));
    }
    return word;
  }

  private static String names(List<Benchmark> known) {
    return Stream.concat(known.stream().map(Benchmark::name), Stream.of(ALL))
        .collect(Collectors.joining(", "));
  }

  /** How the command is used. */
  public static String help(List<Benchmark> known) {
    var help =
        new StringBuilder(
            """
            usage: ./bb bench <benchmark> [<part>...] [options]

            """);
    for (Benchmark each : known) {
      help.append("  %-10s %s%n".formatted(each.name(), each.help()));
    }
    help.append("  %-10s %s%n".formatted(ALL, "all of them, one after the other"));
    help.append(
        """

        options
          --quick        less than a minute each, with few and short rounds: tells whether something is far off
          --json FILE    write the report for programs: the ratios by name, all rounds, the machine
          --html FILE    write the page there instead of .bb/bench/<benchmark>.html
          --charts DIR   write each chart as an SVG image
        """);
    known.stream()
        .filter(each -> !each.parts().isEmpty())
        .forEach(each ->
            help.append(
                "%nparts of %s: %s%n".formatted(each.name(), String.join(", ", each.parts()))));
    return help.toString();
  }
}
