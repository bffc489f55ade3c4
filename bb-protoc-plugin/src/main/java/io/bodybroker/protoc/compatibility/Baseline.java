package io.bodybroker.protoc.compatibility;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Contracts as they were when they were last accepted: a directory with the descriptor of each file
 * in protobuf's text format, without comments, so that version control shows what a change means.
 */
public final class Baseline {
  private static final String ENDING = ".txtpb";
  private static final String HEADER =
      """
      # proto-file: google/protobuf/descriptor.proto
      # proto-message: google.protobuf.FileDescriptorProto
      """;

  private final Path directory;

  private Baseline(Path directory) {
    this.directory = directory;
  }

  /** The baseline in a directory; it need not be there before the first {@link #accept}. */
  public static Baseline in(Path directory) {
    return new Baseline(directory);
  }

  /**
   * What breaks if the contracts become as they are now; empty if nothing does.
   *
   * @throws IOException if the baseline cannot be read
   * @throws IllegalArgumentException if there is no baseline, or what it imports is gone
   */
  public List<BreakingChange> check(ContractSet now) throws IOException {
    return Comparison.of(read(now), now);
  }

  /**
   * Makes the contracts as they are now the baseline, whatever breaks.
   *
   * @return the files that were written or deleted; empty if nothing changed
   * @throws IOException if a file cannot be written; those before it are
   */
  public List<Path> accept(ContractSet now) throws IOException {
    var changed = new ArrayList<Path>();
    var kept = new ArrayList<Path>();
    for (FileDescriptor file : now.files()) {
      Path target = directory.resolve(file.getName() + ENDING);
      String text = HEADER + text(file);
      kept.add(target);
      if (!Files.exists(target) || !Files.readString(target).equals(text)) {
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
        changed.add(target);
      }
    }
    for (Path old : files()) {
      if (!kept.contains(old)) {
        Files.delete(old);
        changed.add(old);
      }
    }
    return List.copyOf(changed);
  }

  private static String text(FileDescriptor file) {
    var silent = file.toProto().toBuilder().clearSourceCodeInfo().build();
    return TextFormat.printer().escapingNonAscii(false).printToString(silent);
  }

  private ContractSet read(ContractSet now) throws IOException {
    var files = new ArrayList<FileDescriptorProto>();
    for (Path path : files()) {
      var file = FileDescriptorProto.newBuilder();
      try {
        TextFormat.merge(Files.readString(path), now.options(), file);
      } catch (TextFormat.ParseException e) {
        throw new IllegalArgumentException(
            path + ":" + e.getMessage() + " (expected: options that are still declared)", e);
      }
      files.add(file.build());
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          "no baseline in %s (expected: *%s, as accept writes them)".formatted(directory, ENDING));
    }
    return now.with(files);
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    }
  }
}
