package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.gateway.config.GatewayConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the module's README say what is so. */
class ReadmeTest {
  @Test
  void listsTheStatusOfEveryErrorCode() throws IOException {
    var listed = new EnumMap<ErrorCode, Integer>(ErrorCode.class);
    rows("## Errors")
        .forEach(row ->
            Stream.of(row.get(1).split(", ", -1))
                .forEach(code -> listed.put(ErrorCode.valueOf(code), Integer.valueOf(row.get(0)))));

    var actual = new EnumMap<ErrorCode, Integer>(ErrorCode.class);
    for (ErrorCode code : ErrorCode.values()) {
      actual.put(code, code.httpStatus(ErrorOrigin.SERVER));
    }
    assertThat(listed).isEqualTo(actual);
  }

  @Test
  void listsTheLimitsThatAreTheDefaults() throws IOException {
    var defaults = GatewayConfig.builder().build();

    assertThat(rows("## Limits"))
        .contains(
            List.of("body", defaults.maxBody() + " bytes, `gateway.max-body`", "413"),
            List.of(
                "requests at once",
                defaults.maxConcurrency() + ", `gateway.max-concurrency`",
                "503"),
            List.of("streams at once", defaults.maxStreams() + ", `gateway.max-streams`", "429"),
            List.of("answer", defaults.maxReply() + " bytes, `gateway.max-reply`", "502"));
  }

  /** The cells of the table below a heading, without its head. */
  private static List<List<String>> rows(String heading) throws IOException {
    String page = Files.readString(Path.of("README.md"));
    return page.substring(page.indexOf(heading) + heading.length())
        .lines()
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
        .toList();
  }
}
