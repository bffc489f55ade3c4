package io.bodybroker.bench.run;

import java.io.PrintStream;
import java.util.List;

/**
 * How to measure.
 *
 * @param isQuick whether to take less than a minute, with few and short rounds
 * @param progress for a line now and then about what is being done
 * @param parts those that were asked for; empty for all
 */
public record Setup(boolean isQuick, PrintStream progress, List<String> parts) {
  /** Lists do not change. */
  public Setup {
    parts = List.copyOf(parts);
  }

  /** The one of these that is meant. */
  public int pick(int full, int quick) {
    return isQuick ? quick : full;
  }

  /** Whether that part is to be measured. */
  public boolean isWanted(String part) {
    return parts.isEmpty() || parts.contains(part);
  }

  /** Says what is done now. */
  public void say(String what) {
    progress.println("bench: " + what);
  }
}
