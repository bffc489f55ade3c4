package io.bodybroker.sdk.resilience;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Chance for many threads: each uses its own generator. */
final class SharedRandom implements RandomGenerator {
  @Override
  public long nextLong() {
    return ThreadLocalRandom.current().nextLong();
  }
}
