package io.bodybroker.bench.fargate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The collector's pauses, as a JVM writes them to a file. */
final class Pauses implements AutoCloseable {
  private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms$");

  private final Path file;

  private Pauses(Path file) {
    this.file = file;
  }

  static Pauses create() throws IOException {
    return new Pauses(Files.createTempFile("bb-bench-gc", ".log"));
  }

  /** Lets a JVM write there. */
  String flag() {
    return "-Xlog:gc:file=%s:none:filecount=0".formatted(file);
  }

  /** Each, in milliseconds, from the JVM's start on. */
  List<Double> millis() throws IOException {
    return Files.readAllLines(file).stream()
        .map(PAUSE::matcher)
        .filter(found -> found.find())
        .map(found -> Double.valueOf(found.group(1)))
        .toList();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
