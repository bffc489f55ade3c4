package io.bodybroker.payment.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bodybroker.payment.ledger.Finding.Kind;
import io.bodybroker.payment.state.v1.LedgerEntry;
import io.bodybroker.payment.state.v1.SealedEntry;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.SystemAccount;
import io.bodybroker.payment.v1.TransactionKind;
import java.math.BigInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerAuditTest {
  private final Books books = new Books();

  /** Entries 1, 3 and 5 are ada's, 2 and 4 bob's; the last two are refunds. */
  @BeforeEach
  void write() {
    books.credit("ada", 100);
    books.credit("bob", 50);
    Recorded ofAda = books.debit("ada", 30);
    Recorded ofBob = books.debit("bob", 50);
    books.refund("ada", ofAda, 10);
    books.refund("bob", ofBob, 0);
  }

  @Test
  void findsNothingWhereNothingIsWrongAndSumsUp() {
    AuditReport report = books.audit();

    assertThat(report.isClean()).isTrue();
    assertThat(report.accounts()).isEqualTo(2);
    assertThat(report.entries()).isEqualTo(6);
    assertThat(report.players()).containsEntry(Currency.CREDITS, BigInteger.valueOf(130));
    assertThat(report.system().get(SystemAccount.MINT))
        .containsEntry(Currency.CREDITS, BigInteger.valueOf(-150));
    assertThat(report.system().get(SystemAccount.SHOP))
        .containsEntry(Currency.CREDITS, BigInteger.valueOf(20));
  }

  @Test
  void namesAnEntryThatIsGoneByTheOneBehindIt() {
    books.remove(3);

    assertThat(books.audit().findings())
        .anySatisfy(finding ->
            assertThat(finding)
                .isEqualTo(
                    new Finding(
                        3,
                        "ada",
                        2,
                        Kind.REMOVED,
                        "entry 3, at position 5, says that it was here")));
  }

  @Test
  void missesTheLastEntryOfAnAccountToo() {
    books.remove(6);

    assertThat(books.audit().findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.kind()).isEqualTo(Kind.REMOVED);
          assertThat(finding.position()).isEqualTo(6);
        });
  }

  @Test
  void namesEachOfSeveralEntriesThatAreGone() {
    books.remove(1);
    books.remove(3);
    books.remove(4);

    assertThat(books.audit().findings().stream().filter(finding -> finding.kind() == Kind.REMOVED))
        .extracting(Finding::position)
        .contains(3L, 4L, 1L);
  }

  @Test
  void namesAnEntryThatWasChangedAndSealedAnew() {
    change(3, entry -> entry.setReason("a gift"));

    assertThat(books.audit().findings())
        .containsExactly(
            new Finding(
                3,
                "ada",
                2,
                Kind.CHANGED,
                "it does not have the hash that entry 3, at position 5, has of it"));
  }

  @Test
  void namesAnEntryThatSaysAnotherBalance() {
    change(6, entry -> entry.getBalancesBuilder(0).setAmount(5_000));

    assertThat(books.audit().findings())
        .anySatisfy(finding -> {
          assertThat(finding.position()).isEqualTo(6);
          assertThat(finding.account()).isEqualTo("bob");
          assertThat(finding.kind()).isEqualTo(Kind.WRONG_BALANCE);
          assertThat(finding.detail())
              .isEqualTo("it says {CREDITS=5000} (expected, by all postings: {CREDITS=50})");
        })
        .anySatisfy(finding -> {
          assertThat(finding.kind()).isEqualTo(Kind.UNBALANCED);
          assertThat(finding.detail())
              .isEqualTo("all accounts together have 4950 CREDITS (expected: 0)");
        });
  }

  @Test
  void namesMoneyFromNowhere() {
    change(
        6,
        entry -> {
          entry.getPostingsBuilder(0).setAmount(500);
          entry.getBalancesBuilder(0).setAmount(500);
        });

    assertThat(books.audit().findings())
        .extracting(Finding::kind)
        .contains(Kind.UNBALANCED, Kind.WRONG_REFUND);
  }

  @Test
  void namesABalanceBelowZero() {
    change(6, entry -> entry.getBalancesBuilder(0).setAmount(-1));

    assertThat(books.audit().findings()).extracting(Finding::kind).contains(Kind.NEGATIVE);
  }

  @Test
  void namesASecondRefund() {
    forgeRefund(3, 5);

    assertThat(books.audit().findings())
        .containsExactly(
            new Finding(
                7,
                "ada",
                4,
                Kind.WRONG_REFUND,
                "the debit at position 3 was refunded at position 5"));
  }

  @Test
  void namesARefundOfMoreThanWasPaidOrOfNoDebit() {
    Recorded debit = books.debit("ada", 20);
    forgeRefund(debit.position(), 21);
    forgeRefund(1, 5);

    assertThat(books.audit().findings())
        .extracting(Finding::detail)
        .containsExactly(
            "21 CREDITS (expected: at most 20 CREDITS)", "there is no debit at position 1");
  }

  private void forgeRefund(long debit, long amount) {
    var entry =
        books
            .account("ada")
            .next(Currency.CREDITS, amount, SystemAccount.SHOP)
            .setKind(TransactionKind.REFUND)
            .setRefundOf(debit)
            .build();
    books.append("ada", entry);
  }

  @Test
  void namesAnEntryThatIsInAnotherAccount() {
    books.replace(6, new Books.Line("ada", books.lines.get(5).sealed()));

    assertThat(books.audit().findings())
        .extracting(Finding::kind)
        .contains(Kind.CHANGED, Kind.MISPLACED);
  }

  @Test
  void namesAnEntryThatIsThereTwice() {
    books.lines.add(books.lines.get(5));

    assertThat(books.audit().findings())
        .anySatisfy(finding -> {
          assertThat(finding.position()).isEqualTo(7);
          assertThat(finding.kind()).isEqualTo(Kind.MISPLACED);
        });
  }

  @Test
  void namesAnEntryThatCannotBeRead() {
    books.replace(
        5,
        new Books.Line(
            "ada",
            SealedEntry.newBuilder()
                .setContent(ByteString.copyFromUtf8("\u0001nonsense"))
                .build()));

    assertThat(books.audit().findings())
        .anySatisfy(finding -> {
          assertThat(finding.position()).isEqualTo(5);
          assertThat(finding.account()).isEqualTo("ada");
          assertThat(finding.number()).isEqualTo(3);
          assertThat(finding.kind()).isEqualTo(Kind.CHANGED);
        });
  }

  @Test
  void namesAKeyThatCameTwice() {
    change(5, entry -> entry.setAppliedCalls(Books.key("once")));
    change(3, entry -> entry.setAppliedCalls(Books.key("once")));

    assertThat(books.audit().findings()).extracting(Finding::kind).contains(Kind.REPEATED_KEY);
  }

  /** With a hash that is right again. */
  private void change(int position, Consumer<LedgerEntry.Builder> change) {
    Books.Line line = books.lines.get(position - 1);
    try {
      var entry = LedgerEntry.parseFrom(line.sealed().getContent()).toBuilder();
      change.accept(entry);
      books.replace(
          position, new Books.Line(line.player(), Seal.close(line.player(), entry.build())));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
