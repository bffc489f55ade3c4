package io.bodybroker.cli.proof;

import io.bodybroker.cli.soak.Promise;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Dead letters, all that a broken handler has left, are redriven by {@code bb dlq redrive}, which
 * is killed again and again on the way and begun anew.
 */
final class RedriveProof implements Proof {
  private static final String REDRIVER = "io.bodybroker.cli.Main";
  private static final Duration BOUND = Duration.ofMinutes(5);
  private static final int AT_ONCE = 1_000_000;
  private static final String QUEUE = "DLQ";

  /** The consumer on the server that has what comes back. */
  private static final String REDRIVEN = Counting.CONSUMER.name() + "_redriven";

  @Override
  public String name() {
    return "redrive";
  }

  @Override
  public String promise() {
    return "with the redrive killed again and again and begun anew, every dead letter comes back once";
  }

  @Override
  public Account run(ProofOptions options, PrintStream out) {
    var nursery = Child.Nursery.in(options.logs());
    try (var nats = NatsServer.start();
        var witness = Witness.at(nats.url())) {
      var environment = EventsProof.environment(nats.url());
      fill(options, nursery, environment, witness);
      out.printf("%,d dead letters in the queue%n", witness.count(QUEUE));
      try (var mended =
          nursery.start(
              "mended",
              CountingProgram.class.getName(),
              environment,
              Counting.Health.MENDED.name())) {
        int killed = redriveWithKills(options, nursery, environment, witness, out);
        Await.until(
            BOUND,
            "all that came back to be processed",
            () -> !mended.isAlive() || witness.isIdle(ProofStreams.STREAM.name(), REDRIVEN));
        return account(options, witness, killed);
      }
    }
  }

  private static void fill(
      ProofOptions options,
      Child.Nursery nursery,
      Map<String, String> environment,
      Witness witness) {
    try (var publisher =
            nursery.start(
                "publisher",
                PublishingProgram.class.getName(),
                environment,
                String.valueOf(options.letters()),
                String.valueOf(AT_ONCE),
                "false");
        var broken =
            nursery.start(
                "broken",
                CountingProgram.class.getName(),
                environment,
                Counting.Health.BROKEN.name())) {
      publisher.awaitOutput(PublishingProgram.DONE);
      Await.until(
          BOUND,
          options.letters() + " dead letters",
          () -> !broken.isAlive() || witness.count(QUEUE) == options.letters());
      broken.terminate();
    }
  }

  /** Each is killed when it has redriven some; the last is left alone. Returns how many were. */
  private static int redriveWithKills(
      ProofOptions options,
      Child.Nursery nursery,
      Map<String, String> environment,
      Witness witness,
      PrintStream out) {
    var random = new Random(options.seed());
    for (int killed = 0; killed < options.kills(); killed++) {
      long before = witness.count(QUEUE);
      long enough =
          before - 1 - random.nextLong(Math.max(1, options.letters() / (options.kills() + 2)));
      try (var redriver = start(nursery, "redrive-" + killed, environment)) {
        Await.until(
            BOUND,
            "letters to be redriven",
            () -> witness.count(QUEUE) <= enough || !redriver.isAlive());
        if (!redriver.isAlive()) {
          throw new IllegalStateException("the redrive ended by itself:\n" + redriver.output());
        }
        redriver.kill();
      }
      out.printf("redrive killed, %,d letters left%n", witness.count(QUEUE));
    }
    try (var last = start(nursery, "redrive-last", environment)) {
      int status = last.awaitEnd(BOUND);
      if (status != 0) {
        throw new IllegalStateException(
            "the redrive ended with status %d:%n%s".formatted(status, last.output()));
      }
      out.println(last.output().strip());
    }
    return options.kills();
  }

  private static Child start(Child.Nursery nursery, String name, Map<String, String> environment) {
    return nursery.start(name, REDRIVER, environment, "dlq", "redrive", "--all");
  }

  private static Account account(ProofOptions options, Witness witness, int killed) {
    var cameBack = new HashMap<String, Integer>();
    witness.read(
        ProofStreams.STREAM.name(),
        "redrive.>",
        0,
        message -> cameBack.merge(Witness.header(message, "Bb-Event-Id"), 1, Integer::sum));
    Map<Long, Integer> applied = EventsLedger.counts(witness.counted());
    List<Long> lost = those(options, number -> !applied.containsKey(number));
    List<String> twice =
        cameBack.entrySet().stream()
            .filter(event -> event.getValue() > 1)
            .map(Map.Entry::getKey)
            .toList();
    List<Long> appliedTwice = those(options, number -> applied.getOrDefault(number, 0) > 1);
    var rows = new LinkedHashMap<String, Long>();
    rows.put("dead letters", (long) options.letters());
    rows.put("times the redrive was killed", (long) killed);
    rows.put("letters left in the queue", witness.count(QUEUE));
    rows.put("events that came back", (long) cameBack.size());
    rows.put("applied", (long) applied.size());
    rows.put("lost", (long) lost.size());
    rows.put("replayed twice", (long) twice.size());
    rows.put("applied twice", (long) appliedTwice.size());
    return new Account("redrive", rows, promises(options, witness, lost, twice, appliedTwice));
  }

  private static List<Promise> promises(
      ProofOptions options,
      Witness witness,
      List<Long> lost,
      List<String> twice,
      List<Long> appliedTwice) {
    var promises = new ArrayList<Promise>();
    promises.add(Promise.none("none of %d is lost".formatted(options.letters()), lost));
    promises.add(Promise.none("none is replayed twice", twice));
    promises.add(Promise.none("none is applied twice", appliedTwice));
    long left = witness.count(QUEUE);
    promises.add(Promise.that("none is left in the queue", left == 0, left + " are"));
    return promises;
  }

  private static List<Long> those(ProofOptions options, java.util.function.LongPredicate which) {
    return LongStream.range(0, options.letters()).filter(which).boxed().toList();
  }
}
