package io.bodybroker.cli;

import io.bodybroker.gateway.json.JsonText;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.deadletter.QueueDepth;
import io.bodybroker.sdk.deadletter.QueuedLetter;
import io.bodybroker.sdk.deadletter.Redrive;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code bb dlq ls|show|redrive|purge}: looks at dead letters, sends them back, deletes them.
 *
 * <p>Whatever is interrupted may simply be run again: a letter leaves the queue only when it has
 * arrived. An event does not arrive twice in a stream that keeps it; a request may be sent once
 * more, under the same idempotency key.
 */
final class DeadLettersCommand {
  private static final int ROWS = 20;
  private static final int MOST_ROWS = 1_000_000;
  private static final String RUN_AGAIN = "; run the same again to go on";

  private final Bus bus;
  private final DeadLetterOptions options;
  private final DeadLetterPrinter printer;

  private DeadLettersCommand(Bus bus, DeadLetterOptions options) {
    this.bus = bus;
    this.options = options;
    this.printer = new DeadLetterPrinter(options.isJson());
  }

  static void run(List<String> words) throws InterruptedException {
    var options = DeadLetterOptions.parse(words, Instant.now());
    switch (options.action()) {
      case "ls" -> {}
      case "show" -> {
        if (options.sequence() == 0) {
          throw CommandException.usage("usage: bb dlq show <sequence> [--json]");
        }
      }
      case "redrive", "purge" -> options.requireMeant();
      default ->
          throw CommandException.usage(
              "unknown action \"%s\"%n%s".formatted(options.action(), DeadLetterOptions.USAGE));
    }
    try (var bus = Connecting.toStreams()) {
      new DeadLettersCommand(bus, options).run();
    }
  }

  private void run() {
    switch (options.action()) {
      case "ls" -> list();
      case "show" -> show();
      case "redrive" -> redrive();
      default -> purge();
    }
  }

  private QueueDepth depth() {
    return bus.deadLetters().depth(Instant.now());
  }

  private void list() {
    QueueDepth depth = depth();
    int limit =
        options.arguments().number("--limit", options.isJson() ? MOST_ROWS : ROWS, 0, MOST_ROWS);
    var groups = new DeadLetterGroups();
    try (var progress = ProgressLine.onError()) {
      bus.deadLetters()
          .forEach(
              options.filter(),
              queued -> {
                if (groups.letters() < limit) {
                  progress.erase();
                  if (groups.letters() == 0 && !options.isJson()) {
                    printer.head();
                  }
                  printer.row(queued);
                }
                groups.add(queued);
                progress.tell(() -> groups.letters() + " read");
              });
    }
    if (!options.isJson()) {
      listEnd(groups, limit, depth);
    }
  }

  private void listEnd(DeadLetterGroups groups, int limit, QueueDepth depth) {
    if (groups.letters() > limit) {
      System.out.printf(
          "%d more are not shown; a filter narrows it down, --limit shows more%n",
          groups.letters() - limit);
    }
    if (groups.letters() > 0) {
      System.out.println();
      printer.groups(groups);
      System.out.println();
    }
    if (options.isFiltered()) {
      System.out.print(groups.letters() + " match; ");
    }
    System.out.println(DeadLetterPrinter.depth(depth));
  }

  private void show() {
    var shown = new AtomicReference<QueuedLetter>();
    bus.deadLetters().forEach(options.filter(), shown::set);
    QueuedLetter letter = shown.get();
    if (letter == null) {
      throw noSuch();
    }
    printer.whole(letter, new DeadLetterPayload(), Instant.now());
  }

  private CommandException noSuch() {
    return CommandException.failed(
        "no dead letter %d: it was redriven, purged or never there; %s"
            .formatted(options.sequence(), DeadLetterPrinter.depth(depth())));
  }

  private void redrive() {
    boolean isDryRun = options.isDryRun();
    var how = new Redrive(options.arguments().number("--rate", 0, 1, 1_000_000), isDryRun);
    // What goes back can come again as a letter: of a script, --all is enough.
    if (!isDryRun && !options.isFiltered() && Confirmation.ofTheUser().canAsk()) {
      confirm("send all %d dead letters back to where they came from?", depth().letters());
    }
    var tally = new RedriveTally();
    try (var interruption = Interruption.saying(() -> soFar(tally) + RUN_AGAIN);
        var progress = ProgressLine.onError()) {
      bus.deadLetters()
          .redrive(
              options.filter(),
              how,
              (letter, outcome) -> {
                tally.add(letter, outcome);
                progress.tell(() -> soFar(tally));
              });
    } catch (ServiceException e) {
      System.err.println("bb: stopped: " + soFar(tally) + RUN_AGAIN);
      throw e;
    }
    tally.printKept();
    requireFound(tally.redriven() + tally.kept());
    redriven(tally);
    if (tally.kept() > 0) {
      throw CommandException.failed(tally.kept() + " dead letters stay in the queue");
    }
  }

  private static String soFar(RedriveTally tally) {
    return "%d redriven, %d stay so far".formatted(tally.redriven(), tally.kept());
  }

  private void redriven(RedriveTally tally) {
    if (options.isJson()) {
      var tree = new LinkedHashMap<String, Object>();
      tree.put(options.isDryRun() ? "wouldBeRedriven" : "redriven", tally.redriven());
      tree.put("hadBeenSent", tally.again());
      tree.put("kept", tally.kept());
      System.out.println(JsonText.of(tree));
      return;
    }
    System.out.println(
        tally.redriven() + (options.isDryRun() ? " would be redriven" : " redriven"));
    if (tally.again() > 0) {
      System.out.println(
          tally.again() + " of them had been sent by a redrive that was interrupted");
    }
  }

  private void purge() {
    boolean isDryRun = options.isDryRun();
    if (!isDryRun && options.sequence() == 0) {
      confirm("delete %d dead letters for good?", meant());
    }
    var purged = new AtomicLong();
    try (var interruption = Interruption.saying(() -> purged + " purged so far" + RUN_AGAIN);
        var progress = ProgressLine.onError()) {
      bus.deadLetters()
          .purge(
              options.filter(),
              isDryRun,
              letter -> {
                purged.incrementAndGet();
                progress.tell(() -> purged + " purged so far");
              });
    } catch (ServiceException e) {
      System.err.println("bb: stopped: " + purged + " purged so far" + RUN_AGAIN);
      throw e;
    }
    requireFound(purged.get());
    if (options.isJson()) {
      System.out.println(
          "{\"%s\":%d}".formatted(isDryRun ? "wouldBePurged" : "purged", purged.get()));
    } else {
      System.out.println(purged + (isDryRun ? " would be purged" : " purged"));
    }
  }

  /** One that was named must be there; a filter may mean none. */
  private void requireFound(long found) {
    if (found == 0 && options.sequence() > 0) {
      throw noSuch();
    }
  }

  private long meant() {
    if (!options.isFiltered()) {
      return depth().letters();
    }
    var meant = new AtomicLong();
    bus.deadLetters().forEach(options.filter(), letter -> meant.incrementAndGet());
    return meant.get();
  }

  private void confirm(String question, long letters) {
    if (!options.arguments().has("--yes") && letters > 0) {
      Confirmation.ofTheUser().require(question.formatted(letters));
    }
  }
}
