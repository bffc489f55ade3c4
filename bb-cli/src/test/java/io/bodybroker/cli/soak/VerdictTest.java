package io.bodybroker.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Promise KEPT = Promise.that("kept", true, "");

  private static Increments.Audit audit(Map<String, Long> stored) {
    var increments = new Increments("run");
    increments.answered(increments.next());
    return increments.audit(document -> stored);
  }

  @Test
  void isKeptIfEachAnsweredCallWasDoneOnce() {
    assertThat(Verdict.of(audit(Map.of("n0", 1L)), 0, List.of(KEPT)).isKept()).isTrue();
  }

  @Test
  void isBrokenByACallThatWasLost() {
    assertThat(broken(Verdict.of(audit(Map.of()), 0, List.of(KEPT))))
        .containsExactly("what was answered was done: 1 increments answered");
  }

  @Test
  void isBrokenByACallThatWasDoneTwice() {
    assertThat(broken(Verdict.of(audit(Map.of("n0", 2L)), 0, List.of(KEPT))))
        .containsExactly(
            "nothing is done twice: 1 increments answered, 0 not, of which 0 were done");
  }

  @Test
  void isBrokenByACallThatHangs() {
    assertThat(broken(Verdict.of(audit(Map.of("n0", 1L)), 1, List.of(KEPT))))
        .containsExactly("every call is answered or fails, none is left hanging");
  }

  @Test
  void isBrokenByWhatTheSoakItselfPromised() {
    var own = Promise.none("no call fails", List.of("one did"));

    assertThat(broken(Verdict.of(audit(Map.of("n0", 1L)), 0, List.of(KEPT, own))))
        .containsExactly("no call fails");
  }

  private static List<String> broken(Verdict verdict) {
    assertThat(verdict.isKept()).isFalse();
    return verdict.promises().stream()
        .filter(promise -> !promise.isKept())
        .map(Promise::text)
        .toList();
  }
}
