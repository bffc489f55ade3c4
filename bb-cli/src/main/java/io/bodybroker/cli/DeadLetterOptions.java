package io.bodybroker.cli;

import io.bodybroker.sdk.deadletter.DeadLetterFilter;
import io.bodybroker.sdk.error.ErrorCode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a command about dead letters is told: which action, and which letters.
 *
 * @param action the first word
 * @param sequence the second, or 0
 * @param isFiltered whether not simply all are meant
 */
record DeadLetterOptions(
    Arguments arguments,
    String action,
    long sequence,
    boolean isFiltered,
    DeadLetterFilter filter) {
  static final String USAGE =
      """
      usage: bb dlq ls      [filter] [--limit ROWS] [--json]
             bb dlq show    <sequence> [--json]
             bb dlq redrive <sequence> | filter | --all  [--rate PER-SECOND] [--dry-run] [--yes] [--json]
             bb dlq purge   <sequence> | filter | --all  [--dry-run] [--yes] [--json]
      filter: --service S, --work CONSUMER-OR-ENDPOINT, --subject S, --code CODE,
              --since TIME-OR-AGE, --until TIME-OR-AGE (2026-11-26T03:00:00Z, or 90s, 30m, 2h, 7d ago)\
      """;

  private static final Set<String> FLAGS = Set.of("--dry-run", "--json", "--all", "--yes");
  private static final List<String> FILTERS =
      List.of("--service", "--work", "--subject", "--code", "--since", "--until");

  static DeadLetterOptions parse(List<String> words, Instant now) {
    var valued = new java.util.HashSet<>(FILTERS);
    valued.addAll(Set.of("--rate", "--limit"));
    var arguments = Arguments.parse(words, FLAGS, valued);
    List<String> names = arguments.words();
    if (names.isEmpty() || names.size() > 2) {
      throw CommandException.usage(USAGE);
    }
    long sequence = names.size() == 2 ? sequence(names.get(1)) : 0;
    boolean isFiltered = sequence > 0 || FILTERS.stream().anyMatch(arguments::has);
    if (isFiltered && arguments.has("--all")) {
      throw CommandException.usage("--all and a filter (expected: one of them)");
    }
    return new DeadLetterOptions(
        arguments, names.getFirst(), sequence, isFiltered, filter(arguments, sequence, now));
  }

  private static DeadLetterFilter filter(Arguments arguments, long sequence, Instant now) {
    var filter = DeadLetterFilter.builder();
    if (sequence > 0) {
      filter.sequence(sequence);
    }
    arguments.text("--service").ifPresent(filter::service);
    arguments.text("--work").ifPresent(filter::work);
    arguments.text("--subject").ifPresent(filter::subject);
    arguments.text("--code").map(DeadLetterOptions::code).ifPresent(filter::code);
    TimeOption.of(arguments, "--since", now).ifPresent(filter::since);
    TimeOption.of(arguments, "--until", now).ifPresent(filter::until);
    return filter.build();
  }

  private static long sequence(String text) {
    if (!text.matches("[1-9][0-9]{0,17}")) {
      throw CommandException.usage(
          "sequence: \"%s\" (expected: a number from the first column of bb dlq ls)"
              .formatted(text));
    }
    return Long.parseLong(text);
  }

  private static ErrorCode code(String text) {
    return Arrays.stream(ErrorCode.values())
        .filter(code -> code.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            CommandException.usage(
                "--code: \"%s\" (expected: one of %s)"
                    .formatted(text, Arrays.toString(ErrorCode.values()))));
  }

  boolean isJson() {
    return arguments.has("--json");
  }

  boolean isDryRun() {
    return arguments.has("--dry-run");
  }

  /** What is for the whole queue must be said: a forgotten filter must not be one. */
  void requireMeant() {
    if (!isFiltered && !arguments.has("--all")) {
      throw CommandException.usage(
          action + " needs a sequence, a filter, or --all for the whole queue");
    }
  }
}
