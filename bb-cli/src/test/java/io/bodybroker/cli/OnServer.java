package io.bodybroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.JavaProgram;
import java.util.List;
import java.util.Map;

/** Runs the command against one NATS server. */
record OnServer(String url) {
  /** What it printed on both streams, after it ended as expected. */
  String run(int expectedStatus, String... words) {
    try (var program = start(words)) {
      assertThat(program.awaitEnd())
          .as("%s: %s", List.of(words), program.output())
          .isEqualTo(expectedStatus);
      return program.output();
    }
  }

  JavaProgram start(String... words) {
    return Bb.run(Map.of("NATS_URL", url), words);
  }
}
