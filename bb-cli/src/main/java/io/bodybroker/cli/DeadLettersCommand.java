package io.bodybroker.cli;

import io.bodybroker.gateway.json.JsonText;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.deadletter.DeadLetterFilter;
import io.bodybroker.sdk.deadletter.QueueDepth;
import io.bodybroker.sdk.deadletter.Redrive;
import io.bodybroker.sdk.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code bb dlq ls|show|redrive|purge}: looks at dead letters, sends them back, deletes them. */
final class DeadLettersCommand {
  private static final String USAGE =
      "usage: bb dlq ls|show|redrive|purge [<sequence>] [--service S] [--work CONSUMER-OR-ENDPOINT]"
          + " [--subject S] [--code CODE] [--since TIME-OR-AGE] [--until TIME-OR-AGE]"
          + " [--rate PER-SECOND] [--dry-run] [--all] [--json]";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TELL_EVERY = 1000;

  private final Bus bus;
  private final Arguments arguments;
  private final DeadLetterFilter filter;
  private final DeadLetterPrinter printer;

  private DeadLettersCommand(Bus bus, Arguments arguments, DeadLetterFilter filter) {
    this.bus = bus;
    this.arguments = arguments;
    this.filter = filter;
    this.printer = new DeadLetterPrinter(arguments.has("--json"));
  }

  static void run(List<String> words) throws InterruptedException {
    var arguments =
        Arguments.parse(
            words,
            Set.of("--dry-run", "--json", "--all"),
            Set.of("--service", "--work", "--subject", "--code", "--since", "--until", "--rate"));
    if (arguments.words().isEmpty() || arguments.words().size() > 2) {
      throw CommandException.usage(USAGE);
    }
    DeadLetterFilter filter = filter(arguments, Instant.now());
    try (var bus = Connecting.toBus(BusConfig.fromEnvironment())) {
      bus.connections().connection(ConnectionRole.STORE).awaitUp(PATIENCE);
      new DeadLettersCommand(bus, arguments, filter).run(arguments.words().getFirst());
    }
  }

  private void run(String action) {
    switch (action) {
      case "ls" -> list();
      case "show" -> show();
      case "redrive" -> redrive();
      case "purge" -> purge();
      default -> throw CommandException.usage(USAGE);
    }
  }

  private static DeadLetterFilter filter(Arguments arguments, Instant now) {
    var filter = DeadLetterFilter.builder();
    if (arguments.words().size() == 2) {
      filter.sequence(sequence(arguments.words().get(1)));
    }
    arguments.text("--service").ifPresent(filter::service);
    arguments.text("--work").ifPresent(filter::work);
    arguments.text("--subject").ifPresent(filter::subject);
    arguments.text("--code").map(DeadLettersCommand::code).ifPresent(filter::code);
    time(arguments, "--since", now).ifPresent(filter::since);
    time(arguments, "--until", now).ifPresent(filter::until);
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
        .filter(code -> code.name().equals(text))
        .findFirst()
        .orElseThrow(() ->
            CommandException.usage(
                "--code: \"%s\" (expected: one of %s)"
                    .formatted(text, Arrays.toString(ErrorCode.values()))));
  }

  /** A time, or how long ago. */
  private static Optional<Instant> time(Arguments arguments, String option, Instant now) {
    return arguments
        .text(option)
        .map(text -> {
          try {
            return Character.isDigit(text.charAt(0)) && text.endsWith("Z")
                ? Instant.parse(text)
                : now.minus(Duration.parse("PT" + text));
          } catch (DateTimeParseException | IndexOutOfBoundsException e) {
            throw CommandException.usage(
                option
                    + ": \""
                    + text
                    + "\" (expected: 2026-11-26T03:00:00Z, or 90m for so long ago)");
          }
        });
  }

  private void list() {
    printer.head();
    bus.deadLetters().forEach(filter, printer::row);
    if (!arguments.has("--json")) {
      QueueDepth depth = bus.deadLetters().depth(Instant.now());
      System.out.printf(
          "%d in the queue, %d bytes, the oldest %s ago%n",
          depth.letters(),
          depth.bytes(),
          depth.age().truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }
  }

  private void show() {
    if (arguments.words().size() != 2) {
      throw CommandException.usage("usage: bb dlq show <sequence>");
    }
    var shown = new AtomicInteger();
    bus.deadLetters()
        .forEach(
            filter,
            letter -> {
              shown.incrementAndGet();
              printer.whole(letter);
            });
    if (shown.get() == 0) {
      throw CommandException.failed("no dead letter " + arguments.words().get(1));
    }
  }

  /** What is for the whole queue must be said: a forgotten filter must not be one. */
  private void requireMeant(String action) {
    boolean isFiltered =
        arguments.words().size() == 2
            || List.of("--service", "--work", "--subject", "--code", "--since", "--until").stream()
                .anyMatch(arguments::has);
    if (!isFiltered && !arguments.has("--all")) {
      throw CommandException.usage(
          action + " needs a sequence, a filter, or --all for the whole queue");
    }
  }

  private void redrive() {
    requireMeant("redrive");
    boolean isDryRun = arguments.has("--dry-run");
    var how = new Redrive(arguments.number("--rate", 0, 0, 1_000_000), isDryRun);
    var sent = new AtomicInteger();
    var kept = new AtomicInteger();
    bus.deadLetters()
        .redrive(
            filter,
            how,
            (letter, outcome) -> {
              switch (outcome) {
                case Redrive.Outcome.Redriven redriven -> sent.incrementAndGet();
                case Redrive.Outcome.WasRedriven was -> sent.incrementAndGet();
                case Redrive.Outcome.Kept stays -> {
                  kept.incrementAndGet();
                  System.err.println("bb: " + letter.sequence() + " stays: " + stays.why());
                }
              }
              tellProgress(sent.get() + kept.get());
            });
    summary(isDryRun ? "would be redriven" : "redriven", sent.get(), kept.get());
    if (kept.get() > 0) {
      throw CommandException.failed(kept.get() + " dead letters stay in the queue");
    }
  }

  private void purge() {
    requireMeant("purge");
    boolean isDryRun = arguments.has("--dry-run");
    var purged = new AtomicInteger();
    bus.deadLetters().purge(filter, isDryRun, letter -> tellProgress(purged.incrementAndGet()));
    summary(isDryRun ? "would be purged" : "purged", purged.get(), 0);
  }

  private static void tellProgress(int done) {
    if (done % TELL_EVERY == 0) {
      System.err.println("bb: " + done + " so far");
    }
  }

  private void summary(String what, int done, int kept) {
    if (arguments.has("--json")) {
      System.out.println(
          JsonText.of(
              new java.util.TreeMap<>(
                  java.util.Map.of(what.replace(' ', '_'), done, "kept", kept))));
    } else {
      System.out.println(done + " " + what);
    }
  }
}
