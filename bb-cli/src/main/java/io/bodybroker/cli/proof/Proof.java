package io.bodybroker.cli.proof;

import java.io.PrintStream;
import java.util.List;

/**
 * A proof that nothing is lost, on servers of its own. A further one is a class of its own, and a
 * line in {@link #all}.
 */
public interface Proof {
  /** What it is asked for by. */
  String name();

  /** What is promised, in a sentence. */
  String promise();

  /**
   * Causes the faults and counts.
   *
   * @param out where it tells how far it has come
   * @throws IllegalStateException if it cannot go on, such as when a program does not start
   */
  Account run(ProofOptions options, PrintStream out);

  /** All there are. */
  static List<Proof> all() {
    return List.of(new EventsProof(), new FeedProof(), new RedriveProof(), new LedgerProof());
  }
}
