package io.bodybroker.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.cli.proof.ChangesLedger.Held;
import io.bodybroker.proof.v1.Page;
import io.bodybroker.proof.v1.PageChanged;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangesLedgerTest {
  private final ChangesLedger ledger = new ChangesLedger();

  private void put(String key, long version, long number) {
    ledger.event(
        PageChanged.newBuilder().setKey(key).setRevision(version).setNumber(number).build());
  }

  private static Held page(long version, long number) {
    return new Held(version, Optional.of(Page.newBuilder().setNumber(number).build()));
  }

  @Test
  void findsNothingWhereEachChangeHasItsEvent() {
    put("a", 5, 1);
    put("b", 7, 2);
    ledger.event(PageChanged.newBuilder().setKey("a").setRevision(9).setDeleted(true).build());
    assertThat(ledger.hasEventOf("b", page(7, 2))).isTrue();
    assertThat(ledger.hasEventOf("a", new Held(9, Optional.empty()))).isTrue();

    ledger.compare(Map.of("b", page(7, 2)));

    assertThat(ledger.breaches()).isEmpty();
  }

  @Test
  void waitsForAnEventThatIsNotThere() {
    put("a", 5, 1);

    assertThat(ledger.hasEventOf("a", page(6, 2))).isFalse();
    assertThat(ledger.breaches()).isEmpty();
  }

  @Test
  void findsOneThatWasLeftOutByTheNumbersOfItsWriter() {
    put("a", 5, 1);
    put("b", 7, 3);

    ledger.compare(Map.of("a", page(5, 1), "b", page(7, 3)));

    assertThat(ledger.breaches()).containsExactly("number 2 of run 0 has no event");
  }

  @Test
  void findsOneThatComesTwiceOrOutOfOrder() {
    put("a", 5, 1);
    put("a", 5, 1);

    assertThat(ledger.breaches())
        .containsExactly("event of a version 5 after that of version 5", "number 1 twice");
  }

  @Test
  void findsOneThatSaysSomethingElseThanTheStore() {
    put("a", 5, 1);

    assertThat(ledger.hasEventOf("a", page(5, 2))).isFalse();

    assertThat(ledger.breaches()).singleElement().asString().startsWith("a version 5 is ");
  }

  @Test
  void findsADocumentWhoseLastChangeHasNoEvent() {
    put("a", 5, 1);

    ledger.compare(Map.of("a", page(6, 1)));

    assertThat(ledger.breaches())
        .singleElement()
        .asString()
        .contains("expected: version 5, of its last event");
  }
}
