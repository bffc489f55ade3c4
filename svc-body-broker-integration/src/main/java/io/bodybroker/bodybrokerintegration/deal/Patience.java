package io.bodybroker.bodybrokerintegration.deal;

import io.bodybroker.sdk.rpc.CallContext;
import java.time.Duration;
import java.util.Optional;

/**
 * How long whoever completes a deal goes on with it.
 *
 * @param call the call that is served; empty for who has nobody waiting
 */
public record Patience(Optional<CallContext> call) {
  private static final Duration STEP = Duration.ofSeconds(2);

  /** What the answer needs to get to the caller in time. */
  private static final Duration MARGIN = Duration.ofMillis(250);

  /** Of who has nobody waiting. */
  public static final Patience ENDLESS = new Patience(Optional.empty());

  /** Of who serves a call. */
  public static Patience of(CallContext call) {
    return new Patience(Optional.of(call));
  }

  /** How long until the answer has to be on its way. */
  public Duration left() {
    return call.map(served -> served.remaining().minus(MARGIN)).orElse(STEP);
  }

  /** Whether there is time for another step. */
  public boolean isOver() {
    return left().compareTo(MARGIN) < 0;
  }

  /** How long one step may take. */
  public Duration forStep() {
    return left().compareTo(STEP) < 0 ? left() : STEP;
  }
}
