package io.bodybroker.cli.soak;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The time since a soak began, and what was done and seen in it. Thread-safe. */
final class Timeline {
  /**
   * Something that happened.
   *
   * @param at since the begin
   */
  record Event(Duration at, String text) {}

  private final long begin = System.nanoTime();
  private final List<Event> events = new CopyOnWriteArrayList<>();

  /** The time since the begin. */
  Duration now() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Notes that something happens now; returns when that is. */
  Duration note(String text) {
    Duration now = now();
    events.add(new Event(now, text));
    return now;
  }

  /** What was noted, in order. */
  List<Event> events() {
    return events;
  }

  /** Seconds, for people. */
  static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1e3);
  }
}
