package io.bodybroker.cli;

import io.bodybroker.gateway.json.JsonText;
import io.bodybroker.payment.ledger.AuditReport;
import io.bodybroker.payment.ledger.Finding;
import io.bodybroker.payment.ledger.LedgerAudit;
import io.bodybroker.payment.state.v1.SealedEntry;
import io.bodybroker.payment.v1.Currency;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.journal.Journal;
import io.bodybroker.sdk.journal.JournalEntry;
import io.bodybroker.sdk.journal.Journals;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code bb audit}: recomputes the ledger from its first entry, while players go on paying, and
 * tells what contradicts itself. It only reads.
 */
final class AuditCommand {
  private static final String LEDGER = "ledger";

  private AuditCommand() {}

  static void run(List<String> words) throws InterruptedException {
    var arguments = Arguments.parse(words, Set.of("--json"), Set.of());
    if (!arguments.words().isEmpty()) {
      throw CommandException.usage("usage: bb audit [--json]");
    }
    AuditReport report;
    try (var bus = Connecting.toStreams()) {
      requireLedger(bus);
      report = audit(bus);
    }
    if (arguments.has("--json")) {
      report.findings().forEach(finding -> System.out.println(JsonText.of(tree(finding))));
      System.out.println(JsonText.of(tree(report)));
    } else {
      print(report);
    }
    if (!report.isClean()) {
      throw CommandException.failed(
          "the ledger has %d faults; see docs/audit.md".formatted(report.findings().size()));
    }
  }

  /** To make one would be to say that nothing is wrong where everything is gone. */
  private static void requireLedger(Bus bus) {
    var stream = Journals.stream(LEDGER);
    if (!bus.streams().report(stream).exists()) {
      throw CommandException.failed(
          "there is no ledger (expected: stream %s, which payment makes when it first runs)"
              .formatted(stream.name()));
    }
  }

  /** What is appended while it reads may be read or not; how far it goes is asked for first. */
  static AuditReport audit(Bus bus) {
    Journal<SealedEntry> journal = bus.journals().open(LEDGER, SealedEntry.getDefaultInstance());
    long last = journal.extent().last();
    var audit = new LedgerAudit();
    try (var progress = ProgressLine.onError()) {
      journal.read(0, new Auditing(audit, progress, last));
    }
    return audit.report(last);
  }

  /** Hands entries on, also those that nobody can read. */
  private record Auditing(LedgerAudit audit, ProgressLine progress, long last)
      implements Journal.Reader<SealedEntry> {
    @Override
    public void read(JournalEntry<SealedEntry> entry) {
      audit.entry(entry.key(), entry.position(), entry.value());
      progress.tell(() -> "read %d of %d entries".formatted(entry.position(), last));
    }

    @Override
    public void unreadable(String key, long position, ServiceException problem) {
      audit.unreadable(key, position, problem.message());
    }
  }

  private static void print(AuditReport report) {
    System.out.printf(
        "%d entries of %d accounts were read and recomputed%n",
        report.entries(), report.accounts());
    if (report.entries() > 0) {
      System.out.printf("%n%-16s", "");
      table(report).keySet().forEach(name -> System.out.printf(" %14s", name));
      System.out.println();
      for (Currency currency : currencies(report)) {
        System.out.printf("%-16s", currency);
        table(report)
            .values()
            .forEach(balances ->
                System.out.printf(" %14s", balances.getOrDefault(currency, BigInteger.ZERO)));
        System.out.println();
      }
    }
    System.out.println();
    report.findings().forEach(System.out::println);
    System.out.printf(
        "%s%n",
        report.isClean()
            ? "0 differences: every chain is whole, every balance is what its postings come to, and all"
                + " accounts together have nothing"
            : report.findings().size() + " differences");
  }

  private static Map<String, Map<Currency, BigInteger>> table(AuditReport report) {
    var table = new LinkedHashMap<String, Map<Currency, BigInteger>>();
    table.put("players", report.players());
    new TreeMap<>(report.system())
        .forEach((account, balances) -> table.put(account.name(), balances));
    return table;
  }

  private static List<Currency> currencies(AuditReport report) {
    var sums = new EnumMap<Currency, BigInteger>(Currency.class);
    table(report).values().forEach(sums::putAll);
    return List.copyOf(sums.keySet());
  }

  private static Map<String, Object> tree(Finding finding) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("finding", finding.kind().name());
    tree.put("position", finding.position());
    tree.put("account", finding.account());
    tree.put("entry", finding.number());
    tree.put("detail", finding.detail());
    return tree;
  }

  private static Map<String, Object> tree(AuditReport report) {
    var balances = new LinkedHashMap<String, Object>();
    table(report)
        .forEach((account, amounts) -> {
          var tree = new TreeMap<String, Object>();
          amounts.forEach((currency, amount) -> tree.put(currency.name(), amount.toString()));
          balances.put(account, tree);
        });
    var tree = new LinkedHashMap<String, Object>();
    tree.put("clean", report.isClean());
    tree.put("entries", report.entries());
    tree.put("accounts", report.accounts());
    tree.put("findings", report.findings().size());
    tree.put("balances", balances);
    return tree;
  }
}
