package io.bodybroker.weathermanager;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.weathermanager.state.v1.AppliedKey;
import io.bodybroker.weathermanager.state.v1.StoredZone;
import io.bodybroker.weathermanager.v1.SetWeatherRequest;
import io.bodybroker.weathermanager.v1.SetWeatherResponse;
import java.util.Optional;

/**
 * The idempotency keys a zone remembers: its last {@value #KEPT}, in the same document as their
 * effect, so that one is never there without the other.
 */
final class AppliedKeys {
  static final int KEPT = 16;

  private AppliedKeys() {}

  /**
   * The answer a key was given before.
   *
   * @throws ServiceException {@code ALREADY_EXISTS} if that was for another request
   */
  static Optional<SetWeatherResponse> answer(
      StoredZone zone, String key, SetWeatherRequest request) {
    for (AppliedKey applied : zone.getAppliedKeysList()) {
      if (applied.getKey().equals(key)) {
        if (applied.getRequest().equals(request)) {
          return Optional.of(applied.getAnswer());
        }
        throw ServiceException.builder(
                ErrorCode.ALREADY_EXISTS, "the idempotency key was used for another request")
            .mayHaveExecuted(false)
            .build();
      }
    }
    return Optional.empty();
  }

  /** Adds a key with its answer, and forgets the oldest if there are too many. */
  static void add(
      StoredZone.Builder zone, String key, SetWeatherRequest request, SetWeatherResponse answer) {
    if (zone.getAppliedKeysCount() == KEPT) {
      zone.removeAppliedKeys(0);
    }
    zone.addAppliedKeysBuilder().setKey(key).setRequest(request).setAnswer(answer);
  }
}
