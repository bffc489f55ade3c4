package io.bodybroker.payment.ledger;

import com.google.protobuf.Timestamp;
import io.bodybroker.payment.state.v1.LedgerEntry;
import io.bodybroker.payment.state.v1.SealedEntry;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.payment.v1.Money;
import io.bodybroker.payment.v1.SystemAccount;
import io.bodybroker.sdk.v1.AppliedCall;
import io.bodybroker.sdk.v1.AppliedCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger in memory, to which one writes. */
final class Books {
  /** An entry as the journal has it. */
  record Line(String player, SealedEntry sealed) {}

  final List<Line> lines = new ArrayList<>();
  private final Map<String, Long> last = new HashMap<>();
  private final Ledger ledger = new Ledger(this::at);

  static Money money(long amount) {
    return money(Currency.CREDITS, amount);
  }

  static Money money(Currency currency, long amount) {
    return Money.newBuilder().setCurrency(currency).setAmount(amount).build();
  }

  static AppliedCalls key(String key) {
    return key.isEmpty()
        ? AppliedCalls.getDefaultInstance()
        : AppliedCalls.newBuilder().addCalls(AppliedCall.newBuilder().setKey(key)).build();
  }

  Recorded at(long position) {
    Line line = lines.get((int) position - 1);
    return Seal.open(line.player(), position, line.sealed());
  }

  Account account(String player) {
    return Account.of(player, Optional.ofNullable(last.get(player)).map(this::at));
  }

  Ledger ledger() {
    return ledger;
  }

  Decision post(String player, Instruction instruction, String key) {
    Decision decision =
        ledger.decide(account(player), instruction, key(key), Timestamp.getDefaultInstance());
    if (decision instanceof Decision.Append append) {
      append(player, append.entry());
    }
    return decision;
  }

  void append(String player, LedgerEntry entry) {
    lines.add(new Line(player, Seal.close(player, entry)));
    last.put(player, (long) lines.size());
  }

  /** The entry that an instruction makes, which it must. */
  Recorded done(String player, Instruction instruction) {
    Decision decision = post(player, instruction, "");
    if (!(decision instanceof Decision.Append)) {
      throw new AssertionError("expected an entry, got " + decision);
    }
    return at(lines.size());
  }

  Recorded credit(String player, long amount) {
    return done(player, new Instruction.Credit(money(amount), SystemAccount.MINT, "", ""));
  }

  Recorded debit(String player, long amount) {
    return done(player, new Instruction.Debit(money(amount), SystemAccount.SHOP, "", ""));
  }

  Recorded refund(String player, Recorded debit, long amount) {
    return done(player, new Instruction.Refund(debit, amount, ""));
  }

  AuditReport audit() {
    var audit = new LedgerAudit();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (!line.player().isEmpty()) {
        audit.entry(line.player(), i + 1L, line.sealed());
      }
    }
    return audit.report(lines.size());
  }

  /** As somebody does who gets at the files. */
  void remove(long position) {
    lines.set((int) position - 1, new Line("", SealedEntry.getDefaultInstance()));
  }

  void replace(long position, Line line) {
    lines.set((int) position - 1, line);
  }
}
