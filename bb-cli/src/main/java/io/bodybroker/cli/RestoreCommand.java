package io.bodybroker.cli;

import io.bodybroker.cli.BackupCommand.BackupProgressLine;
import io.bodybroker.gateway.json.JsonText;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.backup.BackupManifest;
import io.bodybroker.sdk.backup.Restore;
import io.bodybroker.sdk.backup.RestoredStream;
import io.bodybroker.sdk.error.ServiceException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code bb restore}: makes streams of a backup, and compares them with it. */
final class RestoreCommand {
  private static final String USAGE =
      "usage: bb restore <directory> [--only STREAM,STREAM] [--replicas 1|3|5] [--dry-run]"
          + " [--json]";
  private static final String ROW = "%-24s %10s %10s %10s %9s  %s%n";

  private final boolean isJson;
  private final Restore how;
  private final List<RestoredStream> restored = new ArrayList<>();

  private RestoreCommand(boolean isJson, Restore how) {
    this.isJson = isJson;
    this.how = how;
  }

  static void run(List<String> words) throws InterruptedException {
    var arguments =
        Arguments.parse(words, Set.of("--json", "--dry-run"), Set.of("--only", "--replicas"));
    if (arguments.words().size() != 1) {
      throw CommandException.usage(USAGE);
    }
    var how =
        new Restore(
            BackupDirectory.streams(arguments), replicas(arguments), arguments.has("--dry-run"));
    new RestoreCommand(arguments.has("--json"), how)
        .restore(BackupDirectory.of(arguments.words().getFirst()));
  }

  private static int replicas(Arguments arguments) {
    String text = arguments.text("--replicas").orElse("0");
    if (arguments.has("--replicas") && !text.matches("[135]")) {
      throw CommandException.usage(
          "--replicas: \"%s\" (expected: 1, 3 or 5; without it, as many as each stream had)"
              .formatted(text));
    }
    return Integer.parseInt(text);
  }

  private void restore(Path directory) throws InterruptedException {
    try (Bus bus = Connecting.toStreams();
        var interruption = Interruption.saying(this::soFar);
        var progress = new BackupProgressLine()) {
      BackupManifest manifest =
          bus.backups()
              .restore(
                  directory,
                  how,
                  progress,
                  stream -> {
                    progress.erase();
                    row(stream);
                  });
      if (manifest.isPartial()) {
        System.err.println(
            "bb: the backup is a part of what there was: it was saved with --only, and has no"
                + " other streams");
      }
    } catch (ServiceException | UncheckedIOException e) {
      if (!restored.isEmpty()) {
        System.err.println("bb: " + soFar());
      }
      throw e;
    }
    summary(directory);
  }

  private String soFar() {
    return restored.isEmpty()
        ? "no stream was restored"
        : "restored before that: %s; --only takes the others"
            .formatted(String.join(", ", restored.stream().map(RestoredStream::name).toList()));
  }

  private void row(RestoredStream stream) {
    restored.add(stream);
    if (isJson) {
      System.out.println(JsonText.of(tree(stream)));
      return;
    }
    if (restored.size() == 1) {
      System.out.printf(
          ROW,
          "STREAM",
          "MESSAGES",
          "VERIFIED",
          "EXPIRED",
          "CONSUMERS",
          how.isDryRun() ? "" : "IS");
    }
    System.out.printf(
        ROW,
        stream.name(),
        stream.messages(),
        stream.verified(),
        stream.expired(),
        stream.consumers(),
        verdict(stream));
    stream.differences().forEach(difference -> System.out.println("    " + difference));
  }

  private String verdict(RestoredStream stream) {
    if (how.isDryRun()) {
      return "would be restored";
    }
    return stream.differences().isEmpty() ? "as it was" : "NOT as it was";
  }

  private Map<String, Object> tree(RestoredStream stream) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("stream", stream.name());
    tree.put("messages", stream.messages());
    tree.put("dryRun", how.isDryRun());
    tree.put("verified", stream.verified());
    tree.put("expired", stream.expired());
    tree.put("consumers", stream.consumers());
    tree.put("differences", stream.differences());
    return tree;
  }

  private void summary(Path directory) {
    long bad = restored.stream().filter(stream -> !stream.differences().isEmpty()).count();
    long messages = restored.stream().mapToLong(RestoredStream::messages).sum();
    if (bad > 0) {
      throw CommandException.failed(
          "%d of %d streams are not as they were".formatted(bad, restored.size()));
    }
    if (!isJson) {
      System.out.printf(
          how.isDryRun()
              ? "%s is whole; %d streams with %d messages would be restored%n"
              : "%s is restored: %d streams with %d messages, all as they were%n",
          directory,
          restored.size(),
          messages);
    }
  }
}
