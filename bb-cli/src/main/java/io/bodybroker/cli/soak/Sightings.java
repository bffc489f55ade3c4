package io.bodybroker.cli.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the reader of one stream saw, held against what was written. A stream may leave out what was
 * overtaken; it must not fail, go back, or be late. Thread-safe.
 */
final class Sightings {
  /**
   * A number that was seen, or whose writing was answered.
   *
   * @param number rises with each writing
   * @param at when
   */
  record Sighting(long number, Duration at) {}

  private final String stream;
  private final Timeline timeline;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Sighting> seen = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();
  private int resumptions;

  Sightings(String stream, Timeline timeline) {
    this.stream = stream;
    this.timeline = timeline;
  }

  void saw(long number) {
    lock.lock();
    try {
      if (!seen.isEmpty() && number <= seen.getLast().number()) {
        breaches.add(stream + " told " + number + " after " + seen.getLast().number());
      }
      seen.add(new Sighting(number, timeline.now()));
    } finally {
      lock.unlock();
    }
  }

  void failed(String why) {
    lock.lock();
    try {
      breaches.add(stream + " at " + Timeline.seconds(timeline.now()) + ": " + why);
    } finally {
      lock.unlock();
    }
  }

  /** Its reader has opened it once more, where it was. */
  void resumed() {
    lock.lock();
    try {
      resumptions++;
    } finally {
      lock.unlock();
    }
  }

  /** The last number seen; -1 if none was. */
  long last() {
    lock.lock();
    try {
      return seen.isEmpty() ? -1 : seen.getLast().number();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether all went as it should.
   *
   * @param written what was written, as it was answered, in order
   * @param bound how late a number, or a later one, may be seen
   */
  Promise promise(List<Sighting> written, Duration bound) {
    lock.lock();
    try {
      var all = new ArrayList<>(breaches);
      var latest = Duration.ZERO;
      int next = 0;
      for (Sighting one : written) {
        while (next < seen.size() && seen.get(next).number() < one.number()) {
          next++;
        }
        if (next == seen.size()) {
          all.add(
              "%s never told %d, written at %s"
                  .formatted(stream, one.number(), Timeline.seconds(one.at())));
          break;
        }
        var late = seen.get(next).at().minus(one.at());
        latest = late.compareTo(latest) > 0 ? late : latest;
        if (late.compareTo(bound) > 0) {
          all.add("%s told %d late by %s".formatted(stream, one.number(), Timeline.seconds(late)));
        }
      }
      return new Promise(
          "%s goes on%s: %d written, %d seen, the latest after %d ms (at most %d)"
              .formatted(
                  stream,
                  resumptions == 0 ? "" : ", opened again " + resumptions + " times",
                  written.size(),
                  seen.size(),
                  latest.toMillis(),
                  bound.toMillis()),
          all);
    } finally {
      lock.unlock();
    }
  }
}
