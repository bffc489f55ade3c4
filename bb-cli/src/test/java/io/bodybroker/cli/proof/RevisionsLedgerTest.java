package io.bodybroker.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.proof.v1.PageChanged;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three revisions: what is wrong with their events is found. */
class RevisionsLedgerTest {
  private final RevisionsLedger ledger = new RevisionsLedger();

  @BeforeEach
  void commit() {
    for (long revision = 1; revision <= 3; revision++) {
      ledger.revision(event(revision));
    }
  }

  private static PageChanged event(long revision) {
    return PageChanged.newBuilder()
        .setKey("page")
        .setRevision(revision)
        .setNumber(revision)
        .build();
  }

  private void publish(long... revisions) {
    for (long revision : revisions) {
      ledger.event(event(revision));
    }
  }

  @Test
  void findsNothingWhereEachHasItsEvent() {
    publish(1, 2);
    assertThat(ledger.hasEventsUpTo(2)).isTrue();
    assertThat(ledger.hasEventsUpTo(3)).isFalse();

    publish(3);

    assertThat(ledger.hasEventsUpTo(3)).isTrue();
    assertThat(ledger.breaches()).isEmpty();
  }

  @Test
  void findsOneThatWasLeftOut() {
    publish(1, 3);

    assertThat(ledger.breaches())
        .containsExactly("event 2 is of revision 3 (expected: that of revision 2)");
  }

  @Test
  void findsOneThatWasPublishedTwice() {
    publish(1, 2, 2, 3);

    assertThat(ledger.breaches())
        .containsExactly("event 3 is of revision 2 (expected: that of revision 3)");
  }

  @Test
  void findsAllThatArePublishedAgain() {
    publish(1, 2, 3, 1);

    assertThat(ledger.breaches())
        .containsExactly("event 4 is of revision 1 (expected: none, each has one)");
  }

  @Test
  void tellsOfRevisionsThatItCouldNotCount() {
    ledger.revision(event(6));

    assertThat(ledger.breaches())
        .containsExactly("revisions 4 to 5 were gone before they were counted");
  }
}
