package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.cli.Bb;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One evening in the game, played through the gateway; each of its steps checks what it got. */
class DemoTest {
  @Test
  void tellsAnEveningFromSigningInToTheAuditOfTheBooks() {
    try (var demo = Bb.run(Map.of(), "demo")) {
      assertThat(demo.awaitEnd()).as(demo.output()).isZero();
      assertThat(demo.output())
          .containsSubsequence(
              "signs in",
              "And it turns",
              "it is taken",
              "Out comes the",
              "the counter-offer is",
              "settle: done",
              "Asked for twice, paid once",
              "0 differences",
              "the token opens nothing any more",
              "The end:");
    }
  }
}
