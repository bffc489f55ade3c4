package io.bodybroker.sdk.deadletter;

/**
 * How letters go back to where they came from.
 *
 * @param perSecond at most so many a second; 0 means as fast as possible
 * @param isDryRun whether it is only told what would be done
 */
public record Redrive(int perSecond, boolean isDryRun) {
  /** Checks the rate. */
  public Redrive {
    if (perSecond < 0) {
      throw new IllegalArgumentException("perSecond: " + perSecond + " (expected: 0 or more)");
    }
  }

  /** What became of one letter. */
  public sealed interface Outcome {
    /** It is back, or would be in a dry run, and no longer in the queue. */
    record Redriven() implements Outcome {}

    /** It had been sent back before; only the queue's copy was left, and is gone now. */
    record WasRedriven() implements Outcome {}

    /**
     * It stays in the queue.
     *
     * @param why for operators
     */
    record Kept(String why) implements Outcome {}
  }
}
