package io.bodybroker.protoc.compatibility;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The check as a program, for any build: {@code check|accept <baseline directory> <descriptor set>
 * <path of own files>...}, for example {@code check src/contracts target/contracts.binpb
 * com/example/}. The descriptor set is what protoc writes with {@code --include_imports} and {@code
 * --include_source_info}.
 *
 * <p>Exits with 0 if nothing breaks or it was accepted, 1 if something breaks, each change on a
 * line of standard output, and 2 if it was not understood.
 */
public final class ContractCheck {
  private static final String USAGE =
      "usage: check|accept <baseline directory> <descriptor set> <path of own files>...";

  private ContractCheck() {}

  /**
   * Runs the check and exits.
   *
   * @throws IOException if baseline or descriptor set cannot be read, or the baseline not be
   *     written
   */
  public static void main(String[] args) throws IOException {
    System.exit(run(List.of(args), System.out));
  }

  static int run(List<String> args, PrintStream out) throws IOException {
    if (args.size() < 4) {
      out.println(USAGE);
      return 2;
    }
    List<String> paths = args.subList(3, args.size());
    try {
      var baseline = Baseline.in(Path.of(args.get(1)));
      var descriptors = FileDescriptorSet.parseFrom(Files.readAllBytes(Path.of(args.get(2))));
      var now = ContractSet.of(descriptors, file -> paths.stream().anyMatch(file::startsWith));
      return run(args.getFirst(), baseline, now, out);
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      return 2;
    }
  }

  private static int run(String word, Baseline baseline, ContractSet now, PrintStream out)
      throws IOException {
    return switch (word) {
      case "check" -> {
        List<BreakingChange> breaking = baseline.check(now);
        breaking.forEach(out::println);
        yield breaking.isEmpty() ? 0 : 1;
      }
      case "accept" -> {
        baseline.accept(now).forEach(file -> out.println("accepted: " + file));
        yield 0;
      }
      default -> {
        out.println(USAGE);
        yield 2;
      }
    };
  }
}
