package io.bodybroker.bench.load;

/**
 * One load on one contender, and which process used what for it.
 *
 * @param calls what the callers saw and used
 * @param server what the end that serves used
 * @param behind what the backend of that end used; nothing if it has none
 */
public record Round(Sample calls, Usage server, Usage behind) {
  /** As if all processes were one. */
  public Sample total() {
    return calls.plus(served());
  }

  /** What was used on the side that serves. */
  public Usage served() {
    return server.plus(behind);
  }
}
