package io.bodybroker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code bb new <name>}: a project of somebody's own, outside this one, that builds and runs. */
final class NewCommand {
  private final Path project;
  private final Path caller;

  /**
   * @param project this project
   * @param caller the directory from which the command was given
   */
  private NewCommand(Path project, Path caller) {
    this.project = project.toAbsolutePath().normalize();
    this.caller = caller.toAbsolutePath().normalize();
  }

  static void run(List<String> words) {
    new NewCommand(directory("bb.root"), directory("bb.caller")).make(words);
  }

  /** The script {@code ./bb} says where it is, and where it was called. */
  private static Path directory(String property) {
    return Path.of(System.getProperty(property, ""));
  }

  private void make(List<String> words) {
    var arguments = Arguments.parse(words, Set.of(), Set.of("--package", "--dir"));
    if (arguments.words().size() != 1) {
      throw CommandException.usage(
          "usage: bb new <name> [--package com.acme.seats] [--dir folder]; for example:"
              + " bb new box-office --package com.acme.boxoffice");
    }
    String word = arguments.words().getFirst();
    var name =
        arguments
            .text("--package")
            .map(given -> new ProjectName(word, given))
            .orElseGet(() -> ProjectName.of(word));
    Path folder =
        arguments
            .text("--dir")
            .map(caller::resolve)
            .orElse(project.resolveSibling(name.kebab()))
            .normalize();
    try {
      requireUsable(folder);
      new ProjectTemplate(project.resolve("examples/box-office")).copyTo(folder, name);
      sayWhereTheArtifactsAre(folder);
    } catch (IOException e) {
      throw CommandException.failed("%s could not be made: %s".formatted(folder, e));
    }
    greet(name, folder);
  }

  private void requireUsable(Path folder) throws IOException {
    if (folder.startsWith(project)) {
      throw CommandException.usage(
          "--dir: \"%s\" (expected: a folder outside of %s)".formatted(folder, project));
    }
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw CommandException.usage("--dir: \"%s\" (expected: a folder)".formatted(folder));
    }
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        throw CommandException.usage(
            "--dir: \"%s\" (expected: a folder that is new or empty)".formatted(folder));
      }
    }
  }

  /** A release is on Maven Central, and there is nothing to say. */
  private void sayWhereTheArtifactsAre(Path folder) throws IOException {
    var repository = new LocalRepository(project, project.resolve(".bb/repository"));
    if (repository.version().endsWith("-SNAPSHOT")) {
      Path config = folder.resolve(".mvn/maven.config");
      Files.createDirectories(folder.resolve(".mvn"));
      Files.writeString(
          config, "-Dbodybroker.repository=" + repository.publish(Instant.now()) + "\n");
    }
  }

  private void greet(ProjectName name, Path folder) {
    System.out.printf(
        """
        Made %s in %s. Next:
          cd %s
          mvn package
        Its README.md goes on from there.
        """,
        name.kebab(), caller.relativize(folder), caller.relativize(folder));
  }
}
