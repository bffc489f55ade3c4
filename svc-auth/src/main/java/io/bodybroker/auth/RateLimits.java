package io.bodybroker.auth;

import io.bodybroker.auth.state.v1.StoredBucket;
import io.bodybroker.auth.v1.CheckRateLimitRequest;
import io.bodybroker.auth.v1.CheckRateLimitResponse;
import io.bodybroker.auth.v1.RateLimitExceeded;
import io.bodybroker.auth.v1.Role;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Instant;
import java.util.Collection;

/** Counts requests against limits. */
final class RateLimits {
  private final Store<StoredBucket> buckets;
  private final Notices notices;

  RateLimits(Store<StoredBucket> buckets, Notices notices) {
    this.buckets = buckets;
    this.notices = notices;
  }

  /**
   * Counts one request.
   *
   * @param roles what its caller was granted
   */
  CheckRateLimitResponse check(
      CheckRateLimitRequest request, Caller caller, Collection<Role> roles, Instant now) {
    var limit = Limit.of(caller, roles, request.getResource(), request.getAction());
    var window = Window.at(now);
    var key = caller.key() + "/" + limit.rateClass();
    var probe = new Buckets(buckets, now).take(key, limit.perMinute());
    var answer =
        CheckRateLimitResponse.newBuilder()
            .setAllowed(probe.isConsumed())
            .setRemaining(Math.max(0, probe.getRemainingTokens()))
            .setLimit(limit.perMinute())
            .setResetAt(ProtoTimes.timestamp(window.end()))
            .setRateClass(limit.rateClass())
            .build();
    if (!answer.getAllowed()) {
      notices.tell(key, window, notice(request, caller, answer));
    }
    return answer;
  }

  private static RateLimitExceeded notice(
      CheckRateLimitRequest request, Caller caller, CheckRateLimitResponse answer) {
    var notice =
        RateLimitExceeded.newBuilder()
            .setRateClass(answer.getRateClass())
            .setLimit(answer.getLimit())
            .setResource(request.getResource())
            .setAction(request.getAction())
            .setResetAt(answer.getResetAt());
    switch (caller) {
      case Caller.Player player -> notice.setPlayerId(player.id());
      case Caller.Address address -> notice.setAddress(address.text());
    }
    return notice.build();
  }
}
