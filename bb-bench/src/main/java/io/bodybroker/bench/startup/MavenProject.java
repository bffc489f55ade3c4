package io.bodybroker.bench.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A contender's project, which Maven builds where it has changed. */
final class MavenProject {
  private static final String QUIET = "--sun-misc-unsafe-memory-access=allow";

  private final Path directory;
  private final Path contract;

  /**
   * @param contract what it compiles besides its own sources
   */
  MavenProject(Path directory, Path contract) {
    this.directory = directory;
    this.contract = contract;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /**
   * Builds what is not there or older than its sources.
   *
   * @param result what has been built then
   * @return nothing if it is built, or why it is not
   */
  Optional<String> build(Path result, String... properties)
      throws IOException, InterruptedException {
    if (Files.exists(result) && Files.getLastModifiedTime(result).compareTo(changed()) > 0) {
      return Optional.empty();
    }
    var command = new ArrayList<>(List.of("mvn", "-q", "-B", "-ntp", "-Dstyle.color=never"));
    command.addAll(List.of(properties));
    command.add("package");
    Path log = Files.createTempFile("bb-bench-", ".log");
    try {
      int status = run(command, log);
      return status == 0 && Files.exists(result)
          ? Optional.empty()
          : Optional.of("Maven could not build it: " + reason(log));
    } catch (IOException thereIsNoMaven) {
      return Optional.of("no Maven found (looked for mvn on PATH)");
    } finally {
      Files.delete(log);
    }
  }

  private int run(List<String> command, Path log) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    if (Runtime.version().feature() >= 23) {
      builder.environment().put("MAVEN_OPTS", QUIET);
    }
    Process maven = builder.start();
    try {
      return maven.waitFor();
    } finally {
      maven.destroy();
    }
  }

  private FileTime changed() throws IOException {
    FileTime latest = FileTime.fromMillis(0);
    for (Path place : List.of(file("pom.xml"), file("src"), contract)) {
      try (var files = Files.walk(place)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          var modified = Files.getLastModifiedTime(file);
          latest = modified.compareTo(latest) > 0 ? modified : latest;
        }
      }
    }
    return latest;
  }

  /** Maven's first line of an error says it; those after it say where to read on. */
  private static String reason(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.startsWith("[ERROR]"))
        .findFirst()
        .orElse("it said nothing");
  }
}
