package io.bodybroker.cli.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of a soak.
 *
 * @param audit what calls have done, against what their callers were told
 * @param promises what was promised, and whether it was kept
 */
record Verdict(Increments.Audit audit, List<Promise> promises) {
  Verdict {
    promises = List.copyOf(promises);
  }

  /**
   * With what every soak promises: each call ends, and what was answered was done once.
   *
   * @param underWay calls that have neither been answered nor failed
   */
  static Verdict of(Increments.Audit audit, int underWay, List<Promise> own) {
    var promises = new ArrayList<>(own);
    promises.add(
        Promise.that(
            "every call is answered or fails, none is left hanging",
            underWay == 0,
            underWay + " calls hang"));
    promises.add(
        Promise.none(
            "what was answered was done: %d increments answered".formatted(audit.answered()),
            audit.lost()));
    promises.add(
        Promise.none(
            "nothing is done twice: %d increments answered, %d not, of which %d were done"
                .formatted(audit.answered(), audit.unanswered(), audit.unansweredButDone()),
            audit.doubled()));
    return new Verdict(audit, promises);
  }

  boolean isKept() {
    return promises.stream().allMatch(Promise::isKept);
  }
}
