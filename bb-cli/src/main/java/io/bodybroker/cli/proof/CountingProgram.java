package io.bodybroker.cli.proof;

import io.bodybroker.proof.v1.Tally;
import io.bodybroker.sdk.host.ServiceHost;

/** The service that counts; its first word says how well it does. */
public final class CountingProgram {
  /** A service takes its settings from the environment. */
  private static final String[] NONE = {};

  private CountingProgram() {}

  /** Runs it until it is told to end. */
  public static void main(String[] args) {
    var health = Counting.Health.valueOf(args[0]);
    ServiceHost.run(
        context ->
            context.consume(
                Counting.CONSUMER,
                new Counting(
                        context.durableStore(Counting.STORE, Tally.getDefaultInstance()),
                        context.clock(),
                        health)
                    ::count),
        NONE);
  }
}
