package io.bodybroker.cli.proof;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.bodybroker.cli.soak.Promise;
import io.bodybroker.payment.ledger.LedgerAudit;
import io.bodybroker.payment.v1.PaymentClient;
import io.bodybroker.payment.v1.PaymentCompleted;
import io.bodybroker.payment.v1.PaymentCredited;
import io.bodybroker.payment.v1.PaymentRefunded;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/**
 * Players' clients pay, are paid and refunded at random through two processes of payment, of which
 * one after the other is killed under them, and the server as well. Then the ledger is read without
 * the SDK and held against what the clients were told.
 */
final class LedgerProof implements Proof {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final String STREAM = "JOURNAL_ledger";
  private static final String SUBJECTS = "journal.ledger.";
  private static final String EVENTS = "GAME_EVENTS";

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public String promise() {
    return "with payment and its server killed again and again, the ledger is what its clients were"
        + " told, to the last unit";
  }

  @Override
  public Account run(ProofOptions options, PrintStream out) {
    var nursery = Child.Nursery.in(options.logs());
    try (var nats = NatsServer.start();
        var bus =
            Bus.connect(
                BusConfig.builder()
                    .name("soak-ledger")
                    .natsUrls(List.of(nats.url()))
                    .natsReconnectWait(Duration.ofMillis(100))
                    .build());
        var faults = new LedgerFaults(nats, bus, nursery, options, out)) {
      var clients = new LedgerClients(PaymentClient.on(bus), options);
      faults.awaitBoth();
      clients.begin();
      faults.kill(clients);
      clients.end();
      out.println("all operations are answered; now the ledger is read");
      faults.awaitBoth();
      try (var witness = Witness.at(nats.url())) {
        return account(witness, clients, faults);
      }
    }
  }

  private static Account account(Witness witness, LedgerClients clients, LedgerFaults faults) {
    var entries = new TreeMap<Long, LedgerLine>();
    witness.read(
        STREAM,
        SUBJECTS + ">",
        0,
        message -> {
          long position = message.metaData().streamSequence();
          String player = message.getSubject().substring(SUBJECTS.length());
          entries.put(position, LedgerLine.of(player, position, message.getData()));
        });
    var audit = new LedgerAudit();
    entries.forEach((position, line) -> audit.entry(line.player(), position, line.sealed()));
    long last = witness.last(STREAM, SUBJECTS + ">").orElse(0);
    var report = audit.report(last);
    var comparison = new LedgerComparison(clients, entries.values());
    List<String> events = awaitEvents(witness, entries.size());

    var rows = new LinkedHashMap<String, Long>();
    rows.put("operations asked for", (long) clients.operations());
    rows.put("carried out", (long) clients.done().size());
    rows.put(
        "refused, as too little, refunded before or too much", (long) clients.refused().size());
    rows.put("asked again under their key, for want of an answer", clients.retried());
    rows.put("asked again under their key, though answered", clients.repeated());
    rows.put("entries of the ledger", (long) entries.size());
    rows.put("accounts", report.accounts());
    rows.put("events of entries", (long) events.size());
    rows.put("times an instance was killed", (long) faults.instancesKilled());
    rows.put("times the server was killed", (long) faults.serversKilled());
    rows.put("differences that the audit found", (long) report.findings().size());
    return new Account(
        "ledger",
        rows,
        List.of(
            Promise.none(
                "each balance is what its postings come to, each chain whole, the books sum to zero",
                report.findings()),
            Promise.none(
                "what was answered as done is one entry, what was refused is none",
                comparison.entries()),
            Promise.none("what is answered as balance is what was done", comparison.balances()),
            Promise.none("a repeat gets the answer of the first time", clients.breaches()),
            Promise.none("each entry is one event", comparison.events(events)),
            Promise.none(
                "an entry that is removed or changed is found and named",
                LedgerTampering.unnoticed(List.copyOf(entries.values())))));
  }

  /** Transaction ids of the events, as often as there are events. */
  private static List<String> awaitEvents(Witness witness, int wanted) {
    var last = new ArrayList<String>();
    Await.until(
        BOUND,
        "the events of all entries",
        () -> {
          last.clear();
          read(witness, "evt.payment.completed.v1", PaymentCompleted.getDefaultInstance(), last);
          read(witness, "evt.payment.credited.v1", PaymentCredited.getDefaultInstance(), last);
          read(witness, "evt.payment.refunded.v1", PaymentRefunded.getDefaultInstance(), last);
          return last.size() >= wanted;
        });
    return last;
  }

  private static void read(
      Witness witness, String subject, Message defaultInstance, List<String> ids) {
    witness.read(
        EVENTS,
        subject,
        0,
        message -> {
          try {
            ids.add(
                LedgerLine.transactionId(
                    defaultInstance.getParserForType().parseFrom(message.getData())));
          } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an event cannot be read", e);
          }
        });
  }
}
