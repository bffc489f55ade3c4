package io.bodybroker.cli.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A rolling restart: every process in turn is told to end by SIGTERM, with many calls under way,
 * and started again, while its twin goes on.
 */
final class DeploySoak implements Soak {
  /** What Fargate gives a process before it is killed. */
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);

  /** How late a stream may tell what was written while it was opened anew. */
  private static final Duration LATE_OVER_NATS = Duration.ofSeconds(2);

  /** Browsers wait for a second before they connect again. */
  private static final Duration LATE_OVER_HTTP = Duration.ofSeconds(4);

  private record End(String member, int underWay, int status, Duration took) {}

  @Override
  public String name() {
    return "deploy";
  }

  @Override
  public String promise() {
    return "a rolling restart of all that is called fails no call and does none twice";
  }

  @Override
  public Duration usualDuration() {
    return Duration.ofMinutes(2);
  }

  @Override
  public Verdict run(Scene scene) {
    var ends = new ArrayList<End>();
    Duration duration = scene.options().duration().orElse(usualDuration());
    try (var streams = scene.openStreams()) {
      do {
        for (List<Member> twins : scene.fleet().twins()) {
          for (Member member : twins) {
            ends.add(restart(scene, member, ends.size()));
          }
        }
      } while (scene.timeline().now().compareTo(duration) < 0);
      streams.settle();
      var audit = scene.endLoad();
      var promises = new ArrayList<>(List.of(noneFailed(scene), endedWell(ends), wereBusy(ends)));
      promises.add(alive(scene));
      promises.addAll(streams.promises(LATE_OVER_NATS, LATE_OVER_HTTP));
      return Verdict.of(audit, scene.ledger().underWay(), promises);
    }
  }

  private static End restart(Scene scene, Member member, int count) {
    int underWay = scene.burst("burst" + count);
    Duration begin =
        scene.timeline().note("SIGTERM %s, %d calls under way".formatted(member, underWay));
    member.terminate();
    int status = member.awaitEnd();
    Duration took = scene.timeline().now().minus(begin);
    scene
        .timeline()
        .note("%s ended with %d after %s".formatted(member, status, Timeline.seconds(took)));
    member.start();
    scene.awaitInService(member);
    scene.timeline().note(member + " is ready");
    return new End(member.name(), underWay, status, took);
  }

  private static Promise noneFailed(Scene scene) {
    var total = scene.ledger().total();
    return Promise.none(
        "no call fails: %d sent, %d answered".formatted(total.sent(), total.answered()),
        scene.ledger().failures(traffic -> true));
  }

  private static Promise endedWell(List<End> ends) {
    return Promise.none(
        "each of %d processes told to end does so with status 0 within %d s"
            .formatted(ends.size(), DRAIN_LIMIT.toSeconds()),
        ends.stream()
            .filter(end -> end.status() != 0 || end.took().compareTo(DRAIN_LIMIT) > 0)
            .toList());
  }

  private static Promise wereBusy(List<End> ends) {
    int least = ends.stream().mapToInt(End::underWay).min().orElse(0);
    return Promise.that(
        "calls are under way whenever one is told to end: at least " + least,
        least > 0,
        "once there were none");
  }

  private static Promise alive(Scene scene) {
    var health = scene.health();
    return Promise.none(
        "/health is 200 until a process is told to end: asked %d times"
            .formatted(health.looks().size()),
        health.dead());
  }
}
