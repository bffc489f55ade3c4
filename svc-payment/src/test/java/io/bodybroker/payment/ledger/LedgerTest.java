package io.bodybroker.payment.ledger;

import static io.bodybroker.payment.ledger.Books.money;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.payment.ledger.Instruction.Credit;
import io.bodybroker.payment.ledger.Instruction.Debit;
import io.bodybroker.payment.ledger.Instruction.Refund;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.SystemAccount;
import io.bodybroker.payment.v1.TransactionKind;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.testing.ServiceAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest {
  private final Books books = new Books();

  private static void assertFails(ErrorCode code, String says, Executable operation) {
    assertThat(ServiceAssertions.assertFails(code, operation).message()).contains(says);
  }

  @Test
  void beginsWithNothing() {
    assertThat(books.account("ada").balances()).isEmpty();
    assertThat(books.account("ada").number()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Currency.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CURRENCY_UNSPECIFIED", "UNRECOGNIZED"})
  void keepsCurrenciesApart(Currency currency) {
    books.done("ada", new Credit(money(currency, 5), SystemAccount.MINT, "", ""));

    assertThat(books.account("ada").balances()).containsOnlyKeys(currency).containsValue(5L);
  }

  @ParameterizedTest
  @CsvSource({
    // has, pays, has then, misses
    "10, 3, 7, 0",
    "10, 10, 0, 0",
    "10, 11, 10, 1",
    "0, 1, 0, 1",
    "5, 9007199254740991, 5, 9007199254740986",
  })
  void takesWhatThereIsAndNothingIfItIsTooLittle(long has, long pays, long then, long missing) {
    if (has > 0) {
      books.credit("ada", has);
    }
    Decision decision = books.post("ada", new Debit(money(pays), SystemAccount.SHOP, "", ""), "");

    assertThat(books.account("ada").balance(Currency.CREDITS)).isEqualTo(then);
    if (missing == 0) {
      assertThat(decision).isInstanceOf(Decision.Append.class);
    } else {
      assertThat(decision).isEqualTo(new Decision.TooLow(has, missing));
    }
  }

  @Test
  void moves() {
    books.credit("ada", 10);
    Recorded debit = books.done("ada", new Debit(money(4), SystemAccount.DEALS, "rent", "room-1"));

    assertThat(debit.entry().getKind()).isEqualTo(TransactionKind.DEBIT);
    assertThat(debit.entry().getNumber()).isEqualTo(2);
    assertThat(debit.entry().getPreviousPosition()).isEqualTo(1);
    assertThat(debit.entry().getPreviousHash()).isEqualTo(books.at(1).hash());
    assertThat(debit.entry().getReason()).isEqualTo("rent");
    assertThat(debit.entry().getItemId()).isEqualTo("room-1");
    assertThat(debit.entry().getPostings(0).getAmount()).isEqualTo(-4);
    assertThat(debit.entry().getPostings(1).getAmount()).isEqualTo(4);
    assertThat(debit.entry().getPostings(1).getSystemAccount()).isEqualTo(SystemAccount.DEALS);
  }

  @Test
  void refusesABalanceAboveWhatJsonCountsTo() {
    books.credit("ada", Account.MOST - 5);

    assertFails(
        ErrorCode.OUT_OF_RANGE,
        "amount: 6 (expected: at most 5, with a balance of 9007199254740986)",
        () -> books.credit("ada", 6));
    books.credit("ada", 5);
    assertThat(books.account("ada").balance(Currency.CREDITS)).isEqualTo(Account.MOST);
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 10", "4, 4, 4", "10, 10, 10"})
  void givesBackAllOrAPart(long asked, long givenBack, long balance) {
    books.credit("ada", 10);
    Recorded debit = books.debit("ada", 10);

    Recorded refund = books.refund("ada", debit, asked);

    assertThat(refund.entry().getPostings(0).getAmount()).isEqualTo(givenBack);
    assertThat(refund.entry().getRefundOf()).isEqualTo(debit.position());
    assertThat(refund.entry().getPostings(1).getSystemAccount()).isEqualTo(SystemAccount.SHOP);
    assertThat(books.account("ada").balance(Currency.CREDITS)).isEqualTo(balance);
    assertThat(books.ledger().refundOf(books.account("ada"), debit.position())).contains(refund);
  }

  @Test
  void refundsADebitOnceAlsoAfterManyOthersAndAlsoInPart() {
    books.credit("ada", 1000);
    Recorded debit = books.debit("ada", 10);
    for (int i = 0; i < 50; i++) {
      books.refund("ada", books.debit("ada", 1), 0);
    }
    assertThat(books.ledger().refundOf(books.account("ada"), debit.position())).isEmpty();
    books.refund("ada", debit, 3);
    for (int i = 0; i < 50; i++) {
      books.refund("ada", books.debit("ada", 1), 0);
    }

    assertFails(
        ErrorCode.FAILED_PRECONDITION,
        "transaction \"txn-ada-2\" has been refunded",
        () -> books.refund("ada", debit, 1));
  }

  @Test
  void refundsNoMoreThanWasPaid() {
    books.credit("ada", 100);
    Recorded debit = books.debit("ada", 10);

    assertFails(
        ErrorCode.OUT_OF_RANGE,
        "amount: 11 (expected: at most 10)",
        () -> books.refund("ada", debit, 11));
  }

  @Test
  void refundsDebitsOnly() {
    Recorded credit = books.credit("ada", 100);
    Recorded refund = books.refund("ada", books.debit("ada", 10), 0);

    for (Recorded other : new Recorded[] {credit, refund}) {
      assertFails(
          ErrorCode.FAILED_PRECONDITION, "is no debit", () -> books.refund("ada", other, 1));
    }
  }

  @Test
  void repeatsNothingUnderOneKeyHoweverOldItIs() {
    var instruction = new Credit(money(5), SystemAccount.MINT, "", "");
    books.post("ada", instruction, "first");
    for (int i = 0; i < 500; i++) {
      books.post("ada", instruction, i % 3 == 0 ? "" : "key-" + i);
    }

    assertThat(books.post("ada", instruction, "first")).isEqualTo(new Decision.Repeat(books.at(1)));
    assertThat(books.post("ada", instruction, "key-100"))
        .isEqualTo(new Decision.Repeat(books.at(102)));
    assertThat(books.post("bob", instruction, "first")).isInstanceOf(Decision.Append.class);
  }

  @Test
  void triesAgainUnderAKeyThatWasRefused() {
    var instruction = new Debit(money(5), SystemAccount.SHOP, "", "");
    assertThat(books.post("ada", instruction, "buy")).isInstanceOf(Decision.TooLow.class);
    books.credit("ada", 5);

    assertThat(books.post("ada", instruction, "buy")).isInstanceOf(Decision.Append.class);
    assertThat(books.post("ada", instruction, "buy")).isInstanceOf(Decision.Repeat.class);
  }

  @Test
  void asksBackUnderOneKeyOnce() {
    books.credit("ada", 10);
    Recorded debit = books.debit("ada", 10);
    var refund = new Refund(debit, 0, "");

    assertThat(books.post("ada", refund, "back")).isInstanceOf(Decision.Append.class);
    assertThat(books.post("ada", refund, "back"))
        .isEqualTo(new Decision.Repeat(books.at(books.lines.size())));
  }

  @ParameterizedTest
  @CsvSource({"txn-ada-7, ada, 7", "txn-a-1-2-3, a-1-2, 3", "txn-_-9, _, 9"})
  void namesTransactionsByWhereTheyAre(String text, String player, long position) {
    assertThat(TransactionId.parse(text)).isEqualTo(new TransactionId(player, position));
    assertThat(new TransactionId(player, position).text()).isEqualTo(text);
  }

  @Test
  void readsNothingOfWhatWasChanged() {
    books.credit("ada", 10);
    Books.Line line = books.lines.getFirst();
    books.replace(1, new Books.Line("bob", line.sealed()));

    assertFails(
        ErrorCode.INTERNAL,
        "the ledger's entry of \"bob\" at position 1 is damaged",
        () -> books.at(1));
  }
}
