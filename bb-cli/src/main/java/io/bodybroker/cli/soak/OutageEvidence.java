package io.bodybroker.cli.soak;

import io.bodybroker.cli.soak.HealthWatch.Look;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Holds what was seen before, during and after outages against what was promised.
 *
 * @param outages in their order
 * @param looks at all processes, in the order in which they ended
 * @param calls that are over, in the order in which they ended
 */
record OutageEvidence(List<Outage> outages, List<Look> looks, List<Call> calls) {
  /** How soon a process says that it is not ready, and how soon it is again. */
  private static final Duration NOTICED = Duration.ofSeconds(2);

  private static final Duration READY_AGAIN = Duration.ofSeconds(5);

  /**
   * How long after the return calls may still fail: connections take up to 4 s to be back, and the
   * breaker of a service that one of them kept from working lets nothing through for 5 s more.
   */
  private static final Duration CALLS_AGAIN = Duration.ofSeconds(10);

  OutageEvidence {
    outages = List.copyOf(outages);
    looks = List.copyOf(looks);
    calls = List.copyOf(calls);
  }

  /**
   * What was promised.
   *
   * @param late a process that was started during the first outage
   */
  List<Promise> promises(String late) {
    var promises = new ArrayList<>(List.of(alive(), notReadyDuring(), waitedAlive(late)));
    for (Outage outage : outages) {
      promises.add(readyAfter(outage));
      promises.add(callsAfter(outage));
      if (!outage.ofNats() && looks.stream().noneMatch(Look::usesRedis)) {
        promises.add(unconcerned(outage));
      }
    }
    return promises;
  }

  private Promise alive() {
    return Promise.none(
        "/health of every process is 200 throughout: asked %d times".formatted(looks.size()),
        looks.stream().filter(Look::isDead).toList());
  }

  private Promise notReadyDuring() {
    var during = new ArrayList<Look>();
    for (Outage outage : outages) {
      looks.stream()
          .filter(Look::isExpected)
          .filter(look -> look.begin().compareTo(outage.begin().plus(NOTICED)) >= 0)
          .filter(look -> look.end().compareTo(outage.restart()) <= 0)
          .filter(look -> outage.ofNats() || look.usesRedis())
          .forEach(during::add);
    }
    return Promise.none(
        "/health/ready is 503 while what a process needs is away: asked %d times"
            .formatted(during.size()),
        during.stream().filter(look -> look.ready() != 503).toList());
  }

  private Promise waitedAlive(String late) {
    long alive =
        looks.stream()
            .filter(look -> look.member().equals(late))
            .filter(look -> look.begin().compareTo(outages.getFirst().restart()) < 0)
            .filter(look -> look.health() == 200 && look.ready() == 503)
            .count();
    return Promise.that(
        "a process started during the outage waits alive: seen %d times".formatted(alive),
        alive > 0,
        late + " was not seen alive and not ready");
  }

  private Promise readyAfter(Outage outage) {
    var breaches = new ArrayList<String>();
    var latest = Duration.ZERO;
    var members = new TreeSet<String>();
    looks.forEach(look -> members.add(look.member()));
    for (String member : members) {
      Optional<Duration> ready = ready(member, outage);
      if (ready.isEmpty() || ready.get().compareTo(READY_AGAIN) > 0) {
        breaches.add(member + ": " + ready.map(Timeline::seconds).orElse("never"));
      } else if (ready.get().compareTo(latest) > 0) {
        latest = ready.get();
      }
    }
    return new Promise(
        "every process is ready within %d s of the return of %s: the last after %s"
            .formatted(READY_AGAIN.toSeconds(), outage.what(), Timeline.seconds(latest)),
        breaches);
  }

  /** How long after the return it was ready and stayed so. */
  private Optional<Duration> ready(String member, Outage outage) {
    var after =
        looks.stream()
            .filter(look -> look.member().equals(member))
            .filter(look -> look.end().compareTo(outage.back()) >= 0)
            // What is answered later may be what the next outage did.
            .filter(look -> look.end().compareTo(outage.end()) <= 0)
            .toList();
    int first = after.size();
    while (first > 0 && after.get(first - 1).isReady()) {
      first--;
    }
    return first == after.size()
        ? Optional.empty()
        : Optional.of(after.get(first).end().minus(outage.back()));
  }

  private Promise callsAfter(Outage outage) {
    var failures =
        calls.stream()
            .filter(call -> !call.isAnswered())
            .filter(call -> call.sent().compareTo(outage.back()) >= 0)
            // Those that end later may be those that the next outage took.
            .filter(call -> call.ended().compareTo(outage.end()) <= 0)
            .toList();
    Duration last =
        failures.stream()
            .map(call -> call.sent().minus(outage.back()))
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    return Promise.none(
        "calls succeed within %d s of the return of %s: the last to fail was sent after %s"
            .formatted(CALLS_AGAIN.toSeconds(), outage.what(), Timeline.seconds(last)),
        failures.stream()
            .filter(call -> call.sent().minus(outage.back()).compareTo(CALLS_AGAIN) > 0)
            .toList());
  }

  /** What nobody needs may be away without anybody noticing. */
  private Promise unconcerned(Outage outage) {
    return Promise.none(
        "no process uses %s, so no call fails while it is away".formatted(outage.what()),
        calls.stream()
            .filter(call -> !call.isAnswered())
            .filter(call -> call.sent().compareTo(outage.begin()) >= 0)
            .filter(call -> call.ended().compareTo(outage.back()) <= 0)
            .toList());
  }
}
