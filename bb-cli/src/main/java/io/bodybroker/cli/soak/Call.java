package io.bodybroker.cli.soak;

import java.time.Duration;

/**
 * A call that is over, as its caller saw it.
 *
 * @param traffic which kind of call it was
 * @param sent when, since the begin of the soak
 * @param ended when
 * @param code why it failed; empty if it was answered
 */
record Call(String traffic, Duration sent, Duration ended, String code) {
  boolean isAnswered() {
    return code.isEmpty();
  }

  @Override
  public String toString() {
    return "%s sent at %s: %s after %d ms"
        .formatted(traffic, Timeline.seconds(sent), code, took().toMillis());
  }

  Duration took() {
    return ended.minus(sent);
  }
}
