package io.bodybroker.sdk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
  @Test
  void hasARowForEachSettingAsItIs() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "configuration.md")).stream()
            .dropWhile(line -> !line.equals("## Services and callers"))
            .takeWhile(line -> !line.equals("## The gateway"))
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            Settings.TABLE.settings().stream().map(ConfigurationPageTest::row).toList());
  }

  private static String row(Setting<?> setting) {
    String standard = setting.standard().isEmpty() ? "nothing" : "`" + setting.standard() + "`";
    return "| `%s` | `%s` | %s | %s | %s |"
        .formatted(
            setting.key(), setting.variable(), standard, setting.expected(), setting.meaning());
  }
}
