package io.bodybroker.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fenced block of a Markdown page.
 *
 * @param page where it stands, relative to the project
 * @param language what its fence says
 * @param text what it shows
 */
public record CodeBlock(Path page, String language, String text) {
  static final Path PROJECT = Path.of("..");

  private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

  /** All blocks of all pages of the project. */
  static List<CodeBlock> all() {
    return files(".md").flatMap(CodeBlock::of).toList();
  }

  /** All blocks of one page, in order. */
  public static Stream<CodeBlock> of(Path page) {
    return FENCED
        .matcher(read(page))
        .results()
        .map(block -> new CodeBlock(PROJECT.relativize(page), block.group(1), block.group(2)));
  }

  /** Files of the project, without what builds and tools leave in it. */
  static Stream<Path> files(String... endings) {
    try (Stream<Path> all = Files.walk(PROJECT)) {
      return all
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .filter(file -> !file.toString().matches(".*/(target|\\.bb|\\.git)/.*"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** The same without indentation and empty lines, which differ between a page and a file. */
  static String plain(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n", "\n", "\n"));
  }

  @Override
  public String toString() {
    return page + ": " + language + " " + text.lines().findFirst().orElse("");
  }
}
