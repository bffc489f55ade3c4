package io.bodybroker.sdk.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.telemetry.LogLines;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedTest {
  @TempDir private Path directory;

  @Test
  void survivesWhatItsLoaderThrows() throws UnusableFileException {
    var files = new TestFiles(directory);
    var file = new SecretFile("nats.ca", files.put("file", "first"), "a file");
    var watched =
        new Watched<>(
            List.of(file),
            () -> {
              if (file.text().equals("bad")) {
                throw new IllegalStateException("a mistake of ours");
              }
              return file.text();
            });

    files.put("file", "bad");
    try (var log = LogLines.record()) {
      watched.look();
      assertThat(log.all())
          .anySatisfy(line ->
              assertThat(line.getMessage())
                  .contains("nats.ca could not be looked at, what was there before"));
    }
    assertThat(watched.current()).isEqualTo("first");

    files.put("file", "second");
    watched.look();
    assertThat(watched.current()).isEqualTo("second");
  }
}
