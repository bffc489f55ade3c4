package io.bodybroker.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.config.Setting;
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
            .dropWhile(line -> !line.equals("## The gateway"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            GatewaySettings.TABLE.settings().stream().map(ConfigurationPageTest::row).toList());
  }

  private static String row(Setting<?> setting) {
    String standard = setting.standard().isEmpty() ? "nothing" : "`" + setting.standard() + "`";
    return "| `%s` | `%s` | %s | %s | %s |"
        .formatted(
            setting.key(), setting.variable(), standard, setting.expected(), setting.meaning());
  }
}
