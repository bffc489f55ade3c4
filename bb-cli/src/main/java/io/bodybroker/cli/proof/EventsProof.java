package io.bodybroker.cli.proof;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsCluster;
import io.nats.client.Message;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Events through a cluster of three nodes to a service that counts them, while one node after the
 * other is killed and started again, the service is killed, and one event of a hundred is poison.
 */
final class EventsProof implements Proof {
  private static final int NODES = 3;
  private static final Duration SETTLE_BOUND = Duration.ofMinutes(10);

  /**
   * Longer than a dead process holds an event, and a dead letter takes to be made of an advisory.
   */
  private static final Duration STRAGGLERS = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "events";
  }

  @Override
  public String promise() {
    return "with nodes and the consumer killed again and again, every event that was acknowledged is"
        + " applied once or a dead letter";
  }

  @Override
  public Account run(ProofOptions options, PrintStream out) {
    var nursery = Child.Nursery.in(options.logs());
    try (var cluster = NatsCluster.start(NODES);
        var witness = Witness.at(cluster.url())) {
      var environment = environment(cluster.url());
      try (var publisher =
              nursery.start(
                  "publisher",
                  PublishingProgram.class.getName(),
                  environment,
                  String.valueOf(options.events()),
                  String.valueOf(options.rate()),
                  "true");
          var faults = new EventsFaults(cluster, nursery, environment, options, out)) {
        publisher.awaitOutput("published 0");
        faults.begin();
        awaitPublished(publisher, options);
        out.println("all published; the consumer works off what is left");
        faults.end();
        return count(options, witness, publisher, faults);
      }
    }
  }

  static Map<String, String> environment(String urls) {
    var environment = new HashMap<String, String>();
    environment.put("NATS_URL", urls);
    environment.put("SERVICE_NAME", "proof");
    environment.put("HEALTH_HOST", "127.0.0.1");
    environment.put("HEALTH_PORT", "0");
    return environment;
  }

  private static void awaitPublished(Child publisher, ProofOptions options) {
    Duration bound = SETTLE_BOUND.plusSeconds(options.events() / options.rate());
    Await.until(
        bound,
        "all events to be published",
        () -> publisher.says(PublishingProgram.DONE) || !publisher.isAlive());
    publisher.awaitOutput(PublishingProgram.DONE);
  }

  private static Account count(
      ProofOptions options, Witness witness, Child publisher, EventsFaults faults) {
    String consumer = Counting.CONSUMER.name();
    Await.until(
        SETTLE_BOUND,
        "all to be processed",
        () -> witness.isIdle(ProofStreams.STREAM.name(), consumer));
    long end = System.nanoTime() + STRAGGLERS.toNanos();
    EventsLedger ledger;
    do {
      ledger = look(options, witness, publisher);
    } while (!ledger.missing().isEmpty() && System.nanoTime() - end < 0);
    var rows = ledger.rows();
    rows.put("nodes killed and started again", (long) faults.nodesKilled());
    rows.put("times the consumer was killed", (long) faults.consumersKilled());
    return new Account("events", rows, ledger.promises(number -> Fate.of(number) != Fate.APPLIED));
  }

  private static EventsLedger look(ProofOptions options, Witness witness, Child publisher) {
    var streamed = new ArrayList<Long>();
    var payloads = new HashMap<Long, byte[]>();
    witness.read(
        ProofStreams.STREAM.name(),
        "evt.proof.counted.v1",
        0,
        message -> {
          long number = number(Witness.header(message, "Nats-Msg-Id"));
          streamed.add(number);
          if (Fate.of(number) != Fate.APPLIED) {
            payloads.put(number, message.getData());
          }
        });
    var dead = new HashMap<Long, List<String>>();
    witness.read("DLQ", "dlq.>", 0, letter -> addTo(dead, letter, payloads));
    return new EventsLedger(
        options.events(),
        unacknowledged(publisher),
        EventsLedger.counts(streamed),
        EventsLedger.counts(witness.counted()),
        dead);
  }

  private static void addTo(
      Map<Long, List<String>> dead, Message letter, Map<Long, byte[]> payloads) {
    long number = number(Witness.header(letter, "Bb-Dead-Original-Nats-Msg-Id"));
    byte[] original = payloads.get(number);
    boolean isSame = original == null || Arrays.equals(original, letter.getData());
    dead.computeIfAbsent(number, unseen -> new ArrayList<>())
        .add(Witness.header(letter, "Bb-Dead-Code") + (isSame ? "" : ", payload differs"));
  }

  private static long number(String id) {
    return Long.parseLong(id.substring(id.indexOf(':') + 1));
  }

  private static Set<Long> unacknowledged(Child publisher) {
    return publisher
        .output()
        .lines()
        .filter(line -> line.startsWith(PublishingProgram.UNACKNOWLEDGED))
        .map(line -> Long.valueOf(line.split(" ", -1)[1]))
        .collect(Collectors.toSet());
  }
}
