package io.bodybroker.cli.soak;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The servers go away under load: nats-server, then redis-server, then both. What they keep on disk
 * is there again when they return.
 */
final class OutageSoak implements Soak {
  private static final Duration READY_BOUND = Duration.ofSeconds(30);
  private static final Duration START_BOUND = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "outage";
  }

  @Override
  public String promise() {
    return "while NATS, Redis or both are away nothing dies, and when they return all comes back by"
        + " itself";
  }

  @Override
  public Duration usualDuration() {
    return Duration.ofMinutes(1);
  }

  @Override
  public Verdict run(Scene scene) {
    var fleet = scene.fleet();
    var outages = new ArrayList<Outage>();
    var runs = new HashMap<Member, Integer>();
    fleet.members().forEach(member -> runs.put(member, member.runs()));
    var late = fleet.add(fleet.members().getFirst().program(), 3);
    try {
      outages.add(outage(scene, "nats-server", List.of(fleet.nats()), late));
      outages.add(outage(scene, "redis-server", List.of(fleet.redis()), late));
      outages.add(outage(scene, "both servers", List.of(fleet.nats(), fleet.redis()), late));
      var audit = scene.endLoad();
      runs.put(late, 1);
      var evidence = new OutageEvidence(outages, scene.health().looks(), scene.ledger().calls());
      var promises = new ArrayList<>(evidence.promises(late.name()));
      promises.add(noneEnded(runs));
      return Verdict.of(audit, scene.ledger().underWay(), promises);
    } finally {
      end(scene, late);
    }
  }

  private Outage outage(Scene scene, String what, List<? extends TestServer> servers, Member late) {
    var timeline = scene.timeline();
    servers.forEach(TestServer::kill);
    Duration begin = timeline.note(what + " away");
    Duration end = begin.plus(scene.options().duration().orElse(usualDuration()));
    if (late.runs() == 0) {
      startLate(scene, late);
    }
    LockSupport.parkNanos(end.minus(timeline.now()).toNanos());
    Duration restart = timeline.now();
    servers.forEach(TestServer::restart);
    Duration back = timeline.note(what + " back");
    scene.fleet().awaitReady();
    awaitSeenReady(scene, back);
    scene.awaitCalm();
    boolean isOfNats = servers.contains(scene.fleet().nats());
    return new Outage(what, isOfNats, begin, restart, back, timeline.now());
  }

  /** The outage goes on until it has answered that it is alive. */
  private static void startLate(Scene scene, Member late) {
    late.start();
    scene.health().add(late);
    scene.timeline().note(late + " started during the outage");
    Await.until(
        START_BOUND,
        late + " to be alive during an outage",
        () -> waits(scene, late) || !late.isRunning());
  }

  private static boolean waits(Scene scene, Member late) {
    return scene.health().looks().stream()
        .anyMatch(look -> look.member().equals(late.name()) && look.health() == 200);
  }

  /** Each process has been seen ready since; who never is has broken a promise. */
  private static void awaitSeenReady(Scene scene, Duration back) {
    try {
      Await.until(
          READY_BOUND,
          "all processes to be seen ready",
          () ->
              scene.fleet().members().stream()
                  .allMatch(member -> scene.health().wasReady(member.name(), back)));
    } catch (AssertionError late) {
      scene.timeline().note(String.valueOf(late.getMessage()));
    }
  }

  private static Promise noneEnded(Map<Member, Integer> runs) {
    return Promise.none(
        "none of %d processes ends".formatted(runs.size()),
        runs.entrySet().stream()
            .filter(member ->
                !member.getKey().isRunning() || member.getKey().runs() != member.getValue())
            .map(Map.Entry::getKey)
            .toList());
  }

  private static void end(Scene scene, Member late) {
    if (late.isRunning()) {
      late.terminate();
      late.awaitEnd();
    }
    scene.fleet().remove(late);
  }
}
