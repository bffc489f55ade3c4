package io.bodybroker.cli.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Crashes: half of the instances, one of each program, are killed at moments left to chance and
 * started again, round after round.
 */
final class KillSoak implements Soak {
  private static final int LEAST_ROUNDS = 2;
  private static final long LONGEST_PAUSE_MILLIS = 500;

  /** Those that may be sent again, and so survive a crash of whoever was at work on them. */
  private static final Set<String> IDEMPOTENT = Set.of("nats read", "nats weather");

  @Override
  public String name() {
    return "kill";
  }

  @Override
  public String promise() {
    return "with half of the instances killed, idempotent calls see no error and nothing is done twice";
  }

  @Override
  public Duration usualDuration() {
    return Duration.ofMinutes(1);
  }

  @Override
  public Verdict run(Scene scene) {
    var restarted = new ArrayList<String>();
    Duration duration = scene.options().duration().orElse(usualDuration());
    for (int round = 0;
        round < LEAST_ROUNDS || scene.timeline().now().compareTo(duration) < 0;
        round++) {
      restarted.addAll(round(scene, round));
    }
    var audit = scene.endLoad();
    return Verdict.of(
        audit,
        scene.ledger().underWay(),
        List.of(
            idempotentSucceed(scene),
            Promise.none("no process of the other half ends", restarted),
            Promise.none(
                "/health of the other half is 200: asked %d times"
                    .formatted(scene.health().looks().size()),
                scene.health().dead())));
  }

  /** Returns which processes ended though nobody killed them. */
  private static List<String> round(Scene scene, int round) {
    var victims = new ArrayList<Member>();
    for (List<Member> twins : scene.fleet().twins()) {
      victims.add(twins.get(scene.random().nextInt(twins.size())));
    }
    List<Member> others =
        scene.fleet().members().stream().filter(member -> !victims.contains(member)).toList();
    scene.burst("burst" + round);
    for (Member victim : victims) {
      pause(scene);
      scene.timeline().note("SIGKILL " + victim);
      victim.kill();
    }
    pause(scene);
    victims.forEach(Member::start);
    victims.forEach(scene.fleet()::awaitReady);
    scene.timeline().note(victims + " are ready again");
    // The other half, which is next, must be one that works.
    scene.awaitCalm();
    return others.stream().filter(member -> !member.isRunning()).map(Member::name).toList();
  }

  private static void pause(Scene scene) {
    long millis = scene.random().nextLong(LONGEST_PAUSE_MILLIS);
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  private static Promise idempotentSucceed(Scene scene) {
    long answered =
        scene.ledger().calls().stream()
            .filter(call -> call.isAnswered() && IDEMPOTENT.contains(call.traffic()))
            .count();
    return Promise.none(
        "idempotent calls over NATS see no error: %d answered".formatted(answered),
        scene.ledger().failures(IDEMPOTENT::contains));
  }
}
