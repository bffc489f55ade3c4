package io.bodybroker.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServiceFlagsTest {
  @Test
  void areThoseOfTheDecision() throws IOException {
    assertThat(Path.of("../docs/decisions/jvm-flags.md"))
        .content()
        .contains("**Decision.** `" + String.join(" ", ServiceFlags.ALL) + "`");
  }

  @Test
  void bothTiersDifferInOneFlag() {
    assertThat(ServiceFlags.ALL)
        .hasSize(ServiceFlags.BOTH_TIERS.size() + 1)
        .containsAll(ServiceFlags.BOTH_TIERS);
  }
}
