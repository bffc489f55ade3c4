package io.bodybroker.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProgramProcessTest {
  @Test
  void runsWithTheFlagsOfTheDecision() throws IOException {
    assertThat(Path.of("../docs/decisions/jvm-flags.md"))
        .content()
        .contains("**Decision.** `" + String.join(" ", ProgramProcess.FLAGS) + "`");
  }
}
