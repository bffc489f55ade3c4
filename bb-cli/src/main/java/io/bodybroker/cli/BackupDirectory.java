package io.bodybroker.cli;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** What the commands about backups are told. */
final class BackupDirectory {
  private BackupDirectory() {}

  /** Seen from where the command was given, which is not where it runs. */
  static Path of(String text) {
    return Path.of(System.getProperty("bb.caller", "")).toAbsolutePath().resolve(text).normalize();
  }

  /** {@code --only}; empty if all are meant. */
  static Set<String> streams(Arguments arguments) {
    String text = arguments.text("--only").orElse("");
    var streams = new TreeSet<>(Set.of(text.split(",", -1)));
    if (arguments.has("--only") && streams.contains("")) {
      throw CommandException.usage(
          "--only: \"" + text + "\" (expected: names of streams, for example KV_players,DLQ)");
    }
    return arguments.has("--only") ? streams : Set.of();
  }
}
