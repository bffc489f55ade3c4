package io.bodybroker.cli;

import io.bodybroker.gateway.json.JsonText;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.backup.BackupManifest;
import io.bodybroker.sdk.backup.BackupProgress;
import io.bodybroker.sdk.backup.Backups;
import io.bodybroker.sdk.backup.StreamBackup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code bb backup}: saves streams and consumers into a directory; {@code verify} checks one. */
final class BackupCommand {
  private static final String USAGE =
      "usage: bb backup <directory> [--only STREAM,STREAM] [--json]; or bb backup verify"
          + " <directory> [--json]";
  private static final String ROW = "%-24s %10s %10s %10s %9s %14s%n";

  private final boolean isJson;

  private BackupCommand(boolean isJson) {
    this.isJson = isJson;
  }

  static void run(List<String> words) throws InterruptedException {
    var arguments = Arguments.parse(words, Set.of("--json"), Set.of("--only"));
    var command = new BackupCommand(arguments.has("--json"));
    List<String> names = arguments.words();
    if (names.size() == 2 && names.getFirst().equals("verify") && !arguments.has("--only")) {
      command.verify(BackupDirectory.of(names.get(1)));
    } else if (names.size() == 1 && !names.getFirst().equals("verify")) {
      command.save(BackupDirectory.of(names.getFirst()), BackupDirectory.streams(arguments));
    } else {
      throw CommandException.usage(USAGE);
    }
  }

  private void save(Path directory, Set<String> only) throws InterruptedException {
    var hasBegun = new AtomicBoolean();
    try (Bus bus = Connecting.toStreams();
        var interruption = Interruption.saying(() -> soFar(directory, hasBegun.get()));
        var progress = new BackupProgressLine()) {
      BackupManifest manifest =
          bus.backups()
              .save(
                  directory,
                  only,
                  (stream, step, done, total) -> {
                    hasBegun.set(true);
                    progress.progressed(stream, step, done, total);
                  });
      progress.erase();
      print("saved", directory, manifest);
    }
  }

  /** Nothing about a directory that was there before, and may be another backup. */
  private static String soFar(Path directory, boolean hasBegun) {
    if (!hasBegun) {
      return "nothing was saved";
    }
    return Files.exists(directory.resolve("manifest.json"))
        ? directory + " is whole"
        : directory + " is not whole and cannot be restored; delete it, and begin anew";
  }

  /** Needs no server: the backup may be anywhere. */
  private void verify(Path directory) {
    try (var progress = new BackupProgressLine()) {
      BackupManifest manifest = Backups.verify(directory, progress);
      progress.erase();
      print("whole", directory, manifest);
    }
  }

  private void print(String what, Path directory, BackupManifest manifest) {
    if (isJson) {
      manifest.streams().forEach(stream -> System.out.println(JsonText.of(tree(stream))));
      System.out.println(JsonText.of(tree(what, directory, manifest)));
      return;
    }
    System.out.printf(ROW, "STREAM", "MESSAGES", "FIRST", "LAST", "CONSUMERS", "BYTES");
    for (StreamBackup stream : manifest.streams()) {
      System.out.printf(
          ROW,
          stream.name(),
          stream.messages(),
          stream.firstSequence(),
          stream.lastSequence(),
          stream.consumers().size(),
          stream.snapshot().bytes());
      if (!stream.isExact()) {
        System.out.printf(
            "    %d of them were overwritten or deleted meanwhile, and have no fingerprint%n",
            stream.messages() - stream.hashed());
      }
    }
    if (manifest.isPartial()) {
      System.out.println("a part of what there was: saved with --only");
    }
    manifest.skipped().forEach(name -> System.out.println(name + " is left out: in memory only"));
    System.out.printf(
        "%s: %s, %d streams with %d messages, %d bytes, of %s%n",
        what,
        directory,
        manifest.streams().size(),
        manifest.messages(),
        manifest.bytes(),
        manifest.at());
  }

  private static Map<String, Object> tree(StreamBackup stream) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("stream", stream.name());
    tree.put("messages", stream.messages());
    tree.put("firstSequence", stream.firstSequence());
    tree.put("lastSequence", stream.lastSequence());
    tree.put("hashed", stream.hashed());
    tree.put("consumers", stream.consumers().size());
    tree.put("bytes", stream.snapshot().bytes());
    return tree;
  }

  private static Map<String, Object> tree(String what, Path directory, BackupManifest manifest) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put(what, directory.toString());
    tree.put("at", manifest.at().toString());
    tree.put("server", manifest.server());
    tree.put("partial", manifest.isPartial());
    tree.put("streams", manifest.streams().size());
    tree.put("messages", manifest.messages());
    tree.put("bytes", manifest.bytes());
    tree.put("leftOut", manifest.skipped());
    return tree;
  }

  /** A backup's steps as a line of progress. */
  static final class BackupProgressLine implements BackupProgress, AutoCloseable {
    private final ProgressLine line = ProgressLine.onError();

    @Override
    public void progressed(String stream, Step step, long done, long total) {
      line.tell(() ->
          "%s %s: %d %%"
              .formatted(
                  switch (step) {
                    case CHECKING -> "checking the files of";
                    case SAVING -> "saving";
                    case READING -> "reading the messages of";
                    case RESTORING -> "restoring";
                  },
                  stream,
                  total == 0 ? 100 : 100 * done / total));
    }

    /** Makes room for other lines. */
    void erase() {
      line.erase();
    }

    @Override
    public void close() {
      line.close();
    }
  }
}
