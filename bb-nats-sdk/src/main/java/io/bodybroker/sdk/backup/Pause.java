package io.bodybroker.sdk.backup;

import io.bodybroker.sdk.internal.ClientErrors;
import java.time.Duration;

/** Between two looks at a server that is not ready yet. */
final class Pause {
  private static final Duration LENGTH = Duration.ofMillis(100);

  private Pause() {}

  static void before(String what) {
    try {
      Thread.sleep(LENGTH.toMillis());
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted(what, false, e);
    }
  }
}
