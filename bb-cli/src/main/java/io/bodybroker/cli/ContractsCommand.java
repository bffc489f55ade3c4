package io.bodybroker.cli;

import io.bodybroker.protoc.compatibility.Baseline;
import io.bodybroker.protoc.compatibility.BreakingChange;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code bb contracts}: what a change of a contract breaks, and that it is accepted. */
final class ContractsCommand {
  private static final String DIRECTORY = "baseline/contracts";

  private ContractsCommand() {}

  static void run(List<String> words) {
    var arguments = Arguments.parse(words, Set.of(), Set.of("--baseline"));
    var directory = Path.of(arguments.text("--baseline").orElse(DIRECTORY));
    try {
      switch (String.join(" ", arguments.words())) {
        case "check" -> check(directory, System.out);
        case "accept" -> accept(directory, System.out);
        default ->
            throw CommandException.usage(
                "contracts " + arguments.words() + " (expected: check, accept)");
      }
    } catch (IOException e) {
      throw CommandException.failed(directory + ": " + e);
    }
  }

  private static void check(Path directory, PrintStream out) throws IOException {
    List<BreakingChange> breaking = Baseline.in(directory).check(ContractsOnClassPath.find());
    breaking.forEach(out::println);
    if (!breaking.isEmpty()) {
      throw CommandException.failed(
          "breaking changes: %d (expected: none; if one is meant: ./bb contracts accept)"
              .formatted(breaking.size()));
    }
    out.println("nothing breaks whoever keeps to " + directory);
  }

  private static void accept(Path directory, PrintStream out) throws IOException {
    List<Path> changed = Baseline.in(directory).accept(ContractsOnClassPath.find());
    changed.forEach(file -> out.println("accepted: " + file));
    if (changed.isEmpty()) {
      out.println("nothing to accept in " + directory);
    }
  }
}
