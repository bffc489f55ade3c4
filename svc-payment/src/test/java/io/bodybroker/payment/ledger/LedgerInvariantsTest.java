package io.bodybroker.payment.ledger;

import static io.bodybroker.payment.ledger.Books.money;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.SystemAccount;
import io.bodybroker.payment.v1.TransactionKind;
import io.bodybroker.sdk.error.ServiceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds whatever is done, in whatever order. */
class LedgerInvariantsTest {
  private static final int OPERATIONS = 150;
  private static final List<String> PLAYERS = List.of("ada", "bob", "cy");
  private static final List<Currency> CURRENCIES = List.of(Currency.CREDITS, Currency.VITAE);

  private final Books books = new Books();
  private final Map<String, Long> model = new HashMap<>();
  private final List<Recorded> debits = new ArrayList<>();

  @Property(tries = 100)
  void moneyIsConservedNeverNegativeAndRefundedOnce(@ForAll long seed) {
    var run = new LedgerInvariantsTest();
    var random = new SplittableRandom(seed);
    for (int i = 0; i < OPERATIONS; i++) {
      run.step(random, i);
    }

    AuditReport report = run.books.audit();
    assertThat(report.findings()).isEmpty();
    run.model.forEach((what, balance) -> {
      String player = what.substring(0, what.indexOf(' '));
      var currency = Currency.valueOf(what.substring(what.indexOf(' ') + 1));
      assertThat(run.books.account(player).balance(currency)).as(what).isEqualTo(balance);
      assertThat(balance).as(what).isNotNegative();
    });
  }

  /** Beside the books, it keeps a plain table of balances. */
  private void step(SplittableRandom random, int i) {
    String player = PLAYERS.get(random.nextInt(PLAYERS.size()));
    Currency currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
    long amount = random.nextInt(20) == 0 ? Account.MOST - 3 : random.nextInt(1, 50);
    String key = random.nextInt(4) == 0 ? "key-" + random.nextInt(20) : "";
    var instruction = instruction(random, player, money(currency, amount));
    String owner =
        instruction instanceof Instruction.Refund refund ? refund.debit().playerId() : player;
    try {
      if (books.post(owner, instruction, key) instanceof Decision.Append append) {
        var posting = append.entry().getPostings(0);
        model.merge(owner + " " + posting.getCurrency(), posting.getAmount(), Long::sum);
        if (append.entry().getKind() == TransactionKind.DEBIT) {
          debits.add(books.at(books.lines.size()));
        }
      }
    } catch (ServiceException e) {
      assertThat(e.message()).as("operation " + i).isNotEmpty(); // refused: nothing was written
    }
  }

  private Instruction instruction(
      SplittableRandom random, String player, io.bodybroker.payment.v1.Money money) {
    return switch (random.nextInt(3)) {
      case 0 -> new Instruction.Credit(money, SystemAccount.QUESTS, "", "");
      case 1 -> new Instruction.Debit(money, SystemAccount.SHOP, "", "");
      default ->
          debits.isEmpty()
              ? new Instruction.Debit(money, SystemAccount.DEALS, player, "")
              : new Instruction.Refund(
                  debits.get(random.nextInt(debits.size())), random.nextInt(60), "");
    };
  }

  /** Whatever is done to one entry, the audit says so, and where. */
  @Property(tries = 100)
  void whatIsRemovedOrChangedIsFoundAndNamed(@ForAll long seed) {
    var run = new LedgerInvariantsTest();
    var random = new SplittableRandom(seed);
    for (int i = 0; i < OPERATIONS; i++) {
      run.step(random, i);
    }
    long position = random.nextInt(run.books.lines.size()) + 1L;
    Books.Line line = run.books.lines.get((int) position - 1);
    boolean isRemoval = random.nextBoolean();
    if (isRemoval) {
      run.books.remove(position);
    } else {
      byte[] content = line.sealed().getContent().toByteArray();
      content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
      run.books.replace(
          position,
          new Books.Line(
              line.player(),
              line.sealed().toBuilder()
                  .setContent(com.google.protobuf.ByteString.copyFrom(content))
                  .build()));
    }

    List<Finding> findings = run.books.audit().findings();

    assertThat(findings)
        .anyMatch(finding ->
            finding.position() == position
                && finding.kind() == (isRemoval ? Finding.Kind.REMOVED : Finding.Kind.CHANGED)
                && (finding.account().equals(line.player()) || finding.account().isEmpty()));
  }
}
