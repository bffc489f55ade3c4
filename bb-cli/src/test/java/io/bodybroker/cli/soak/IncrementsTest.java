package io.bodybroker.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncrementsTest {
  private final Increments increments = new Increments("run");

  @Test
  void tellsCallsThatWereDoneOnceFromLostAndDoubledOnes() {
    var once = increments.next();
    var lost = increments.next();
    var doubled = increments.next();
    var failed = increments.next();
    var failedButDone = increments.next();
    var failedAndDoubled = increments.next();
    List.of(once, lost, doubled).forEach(increments::answered);

    var audit =
        increments.audit(document ->
            Map.of(
                once.path(), 1L,
                doubled.path(), 2L,
                failedButDone.path(), 1L,
                failedAndDoubled.path(), 2L));

    assertThat(audit.answered()).isEqualTo(3);
    assertThat(audit.unanswered()).isEqualTo(3);
    assertThat(audit.unansweredButDone()).isEqualTo(2);
    assertThat(audit.lost()).containsExactly(lost);
    assertThat(audit.doubled()).containsExactlyInAnyOrder(doubled, failedAndDoubled);
    assertThat(failed.document()).isEqualTo("run-0");
  }

  @Test
  void keepsDocumentsSmallAndTheirNumbersApart() {
    var first = increments.next();
    for (int i = 0; i < 63; i++) {
      increments.next();
    }

    assertThat(first).isEqualTo(new Increments.Target("run-0", "n0"));
    assertThat(increments.next()).isEqualTo(new Increments.Target("run-1", "n64"));
    assertThat(increments.contested("hot")).isEqualTo(new Increments.Target("run-hot", "n65"));
  }
}
