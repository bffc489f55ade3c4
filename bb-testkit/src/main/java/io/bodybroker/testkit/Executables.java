package io.bodybroker.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Programs on this machine. */
final class Executables {

  private Executables() {}

  /** The first program of that name on PATH. */
  static Optional<Path> onPath(@Nullable String path, String program) {
    return Stream.of(path == null ? new String[0] : path.split(File.pathSeparator))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(Executables::isExecutable)
        .findFirst();
  }

  /** The program with that path, if the text is a path and there is one. */
  static Optional<Path> at(String file) {
    try {
      return Optional.of(Path.of(file).toAbsolutePath()).filter(Executables::isExecutable);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  static boolean isExecutable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
