package io.bodybroker.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {

  private static final Pattern JAVA_BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

  @Test
  void showsOnlyCodeThatTheseTestsRun() throws IOException {
    String tests = testSources();
    List<String> blocks =
        JAVA_BLOCK
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map((MatchResult block) -> withoutIndentation(block.group(1)))
            .toList();

    assertThat(blocks).hasSize(2).allSatisfy(block -> assertThat(tests).contains(block));
  }

  private static String testSources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return withoutIndentation(
          files.filter(Files::isRegularFile).map(ReadmeTest::read).collect(Collectors.joining()));
    }
  }

  private static String withoutIndentation(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
