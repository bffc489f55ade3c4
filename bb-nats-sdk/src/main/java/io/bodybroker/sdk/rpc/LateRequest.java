package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.time.Duration;
import java.util.Optional;

/**
 * The refusal of a request that was on its way for longer than its caller waits. Hardly anybody is
 * there to read it. Who is knows by that that the server has reckoned wrong, may safely try again,
 * and does so under a {@linkplain SendClock new clock}.
 */
final class LateRequest {
  private static final String CLOCK = "clock";
  private static final String TRANSIT_MS = "transit_ms";

  private LateRequest() {}

  static ServiceException refusal(SentAt sent, Duration transit, Duration timeout) {
    return ServiceException.builder(
            ErrorCode.UNAVAILABLE,
            "the request was on its way for %d ms, and its caller waits for %d"
                .formatted(transit.toMillis(), timeout.toMillis()))
        .mayHaveExecuted(false)
        .detail(CLOCK, sent.clock())
        .detail(TRANSIT_MS, transit.toMillis())
        .build();
  }

  /**
   * The same without what is between two ends of the SDK: the clock's name is what the addresses of
   * this process begin with, which are nobody else's business.
   */
  static ServiceException forCaller(ServiceException refusal) {
    return ServiceException.builder(refusal.code(), refusal.message())
        .origin(refusal.origin())
        .mayHaveExecuted(refusal.mayHaveExecuted())
        .cause(refusal)
        .build();
  }

  /** The clock by which a request was refused as late; empty if this error is another one. */
  static Optional<String> clockOf(ServiceException error) {
    return error.details().containsKey(TRANSIT_MS)
        ? Optional.ofNullable(error.details().get(CLOCK))
        : Optional.empty();
  }
}
