package io.bodybroker.cli.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Asks every process how it is, all the time, as a platform does. Thread-safe. */
final class HealthWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** What platforms give a health check. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final int NO_ANSWER = 0;

  /**
   * One look.
   *
   * @param begin when the questions were sent
   * @param end when the last was answered
   * @param isExpected whether the process should answer, because it has before and was not told to
   *     end
   * @param health status of {@code /health}; 0 without an answer
   * @param ready status of {@code /health/ready}
   * @param usesRedis whether it says that it needs Redis
   * @param trouble why there was no answer; empty if there was
   */
  record Look(
      String member,
      Duration begin,
      Duration end,
      boolean isExpected,
      int health,
      int ready,
      boolean usesRedis,
      String trouble) {
    /** Whether it should have said that the process is alive, and did not. */
    boolean isDead() {
      return isExpected && health != 200;
    }

    boolean isReady() {
      return ready == 200;
    }

    @Override
    public String toString() {
      return "%s from %s to %s: /health %d, /health/ready %d %s"
          .formatted(
              member, Timeline.seconds(begin), Timeline.seconds(end), health, ready, trouble);
    }
  }

  /** A change of what a process says of its readiness. */
  record Change(Duration at, String member, int from, int to) {}

  private final Timeline timeline;
  private final ConcurrentLinkedQueue<Look> looks = new ConcurrentLinkedQueue<>();
  private volatile boolean isClosed;

  HealthWatch(Timeline timeline) {
    this.timeline = timeline;
  }

  /** Begins to look at a process, and goes on through its runs. */
  void add(Member member) {
    Thread.ofVirtual().name("soak-health").start(() -> watch(member));
  }

  private void watch(Member member) {
    while (!isClosed) {
      looks.add(look(member));
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private Look look(Member member) {
    int run = member.runs();
    Optional<Integer> before = member.aliveRun();
    Duration begin = timeline.now();
    int health = NO_ANSWER;
    int ready = NO_ANSWER;
    boolean usesRedis = false;
    String trouble = "";
    try {
      health = HttpConnection.get(member.healthPort(), "/health", TIMEOUT).status();
      HttpReply readiness = HttpConnection.get(member.healthPort(), "/health/ready", TIMEOUT);
      ready = readiness.status();
      usesRedis = readiness.body().contains("\"redis\"");
    } catch (IOException e) {
      trouble = e.toString();
    }
    if (health == 200) {
      member.answered(run);
    }
    boolean isExpected = before.isPresent() && before.equals(member.aliveRun());
    return new Look(
        member.name(), begin, timeline.now(), isExpected, health, ready, usesRedis, trouble);
  }

  /** All looks so far, in the order in which they ended. */
  List<Look> looks() {
    return List.copyOf(looks);
  }

  /** Whether a process was seen ready by a look that began after that. */
  boolean wasReady(String member, Duration since) {
    return looks.stream()
        .anyMatch(look ->
            look.member().equals(member) && look.isReady() && look.begin().compareTo(since) >= 0);
  }

  /** The looks at processes that should have answered but did not say they are alive. */
  List<Look> dead() {
    return looks.stream().filter(Look::isDead).toList();
  }

  /** How readiness changed, process by process. */
  List<Change> changes() {
    Map<String, Integer> last = new HashMap<>();
    var changes = new ArrayList<Change>();
    for (Look look : looks) {
      Integer before = last.put(look.member(), look.ready());
      if (before != null && before != look.ready()) {
        changes.add(new Change(look.end(), look.member(), before, look.ready()));
      }
    }
    return changes;
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
