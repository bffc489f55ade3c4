package io.bodybroker.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.cli.soak.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten events, of which the last is poison: what is wrong with them is found. */
class EventsLedgerTest {
  private final Set<Long> unacknowledged = new HashSet<>();
  private final Map<Long, Integer> streamed = new HashMap<>();
  private final Map<Long, Integer> applied = new HashMap<>();
  private final Map<Long, List<String>> dead = new HashMap<>();

  @BeforeEach
  void fill() {
    for (long number = 0; number < 9; number++) {
      streamed.put(number, 1);
      applied.put(number, 1);
    }
    streamed.put(9L, 1);
    dead.put(9L, List.of("INVALID_ARGUMENT"));
  }

  private List<String> broken() {
    return new EventsLedger(10, unacknowledged, streamed, applied, dead)
        .promises(number -> number == 9).stream()
            .filter(promise -> !promise.isKept())
            .map(Promise::text)
            .toList();
  }

  @Test
  void findsNothingWhereNothingIsWrong() {
    assertThat(broken()).isEmpty();
  }

  @Test
  void findsOneThatWasAcknowledgedAndIsNotInTheStream() {
    streamed.remove(3L);
    applied.remove(3L);

    assertThat(broken()).hasSize(2).first().asString().startsWith("published and acknowledged");
  }

  @Test
  void forgivesOneThatWasNotAcknowledgedAndIsNotInTheStream() {
    streamed.remove(3L);
    applied.remove(3L);
    unacknowledged.add(3L);

    assertThat(broken()).isEmpty();
  }

  @Test
  void findsOneThatIsInTheStreamAndNeitherAppliedNorDead() {
    applied.remove(3L);
    unacknowledged.add(3L);

    assertThat(broken()).singleElement().asString().contains("none missing");
  }

  @Test
  void findsWhatIsThereTwice() {
    streamed.put(1L, 2);
    applied.put(2L, 2);

    assertThat(broken()).containsExactly("none is in the stream twice", "none is applied twice");
  }

  @Test
  void findsOneThatIsAppliedAndDead() {
    dead.put(4L, List.of("INTERNAL"));

    assertThat(broken())
        .containsExactly(
            "none is both applied and dead", "all that is poison is dead, and nothing else");
  }

  @Test
  void findsALetterThatIsThereTwiceOrIsNotWhatWasPublished() {
    dead.put(9L, List.of("INTERNAL", "INTERNAL"));
    assertThat(broken()).containsExactly("each dead letter is there once, byte for byte");

    dead.put(9L, List.of("INTERNAL, payload differs"));
    assertThat(broken()).containsExactly("each dead letter is there once, byte for byte");
  }
}
