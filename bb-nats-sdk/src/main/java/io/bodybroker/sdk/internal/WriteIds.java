package io.bodybroker.sdk.internal;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for writes: a random part for the process, then a counter, because random numbers for each
 * write would be slow.
 */
public final class WriteIds {
  private static final String PROCESS =
      Long.toUnsignedString(UUID.randomUUID().getMostSignificantBits(), 36) + "-";
  private static final AtomicLong COUNTER = new AtomicLong();

  private WriteIds() {}

  public static String next() {
    return PROCESS + Long.toString(COUNTER.incrementAndGet(), 36);
  }
}
