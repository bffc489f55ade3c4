package io.bodybroker.cli.soak;

import java.time.Duration;
import java.util.List;

/**
 * Something that the system promises and that takes minutes to be believed: faults are caused while
 * it is under load, and everything is counted from the outside.
 *
 * <p>A further one is a class of its own, and a line in {@link #all}.
 */
public interface Soak {
  /** What it is asked for by. */
  String name();

  /** What is promised, in a sentence. */
  String promise();

  /** How long its faults last or go on unless something else is asked for. */
  Duration usualDuration();

  /**
   * Causes the faults.
   *
   * @return what was promised, and whether it was kept
   */
  Verdict run(Scene scene);

  /** All there are. */
  static List<Soak> all() {
    return List.of(new OutageSoak(), new DeploySoak(), new KillSoak());
  }
}
