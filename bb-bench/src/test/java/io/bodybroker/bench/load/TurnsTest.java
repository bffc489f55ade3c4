package io.bodybroker.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final List<String> taken = new ArrayList<>();

  private int take(String one) {
    taken.add(one);
    return taken.size();
  }

  @Test
  void goesBackAndForth() {
    Turns.of(2).take(List.of("a", "b"), this::take);
    assertThat(taken).containsExactly("a", "b", "b", "a", "a", "b");
  }

  @Test
  void keepsOnlyTheRoundsThatCount() {
    var measured = new Turns(2, 2).take(List.of("a", "b"), this::take);
    assertThat(measured).containsEntry("a", List.of(5, 8)).containsEntry("b", List.of(6, 7));
  }

  @Test
  void tellsInTheOrderOfTheFirstRound() {
    assertThat(Turns.of(1).take(List.of("b", "a"), this::take).keySet()).containsExactly("b", "a");
  }
}
