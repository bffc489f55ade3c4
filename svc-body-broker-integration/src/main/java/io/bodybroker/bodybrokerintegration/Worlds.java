package io.bodybroker.bodybrokerintegration;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.timemanager.v1.GetTimeRequest;
import io.bodybroker.timemanager.v1.TimeManagerClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The time in each world, asked of the time-manager at most once a second; in between it runs on by
 * itself. While the time-manager does not answer nobody can set a clock either, so what it said
 * last will do for {@link #TRUSTED}.
 *
 * <p>Thread-safe.
 */
final class Worlds {
  /** How long it may go unnoticed that a clock was set. */
  static final Duration FRESH = Duration.ofSeconds(1);

  static final Duration TRUSTED = Duration.ofMinutes(10);

  /**
   * How long to wait where there is a clock to go on with. Where there is none, an answer that
   * comes late is better than none.
   */
  private static final CallOptions PATIENCE = CallOptions.timeout(Duration.ofMillis(500));

  private static final int KEPT = 10_000;

  private final TimeManagerClient timeManager;
  private final InstantSource time;
  private final Map<String, Known> known = Collections.synchronizedMap(new Recent());

  /**
   * @param answer what the time-manager said
   * @param asked when it was asked last, whether or not it answered
   */
  private record Known(WorldNow answer, Instant asked) {}

  Worlds(TimeManagerClient timeManager, InstantSource time) {
    this.timeManager = timeManager;
    this.time = time;
  }

  /**
   * The time now.
   *
   * @throws ServiceException {@code UNAVAILABLE} if the time-manager does not say and has not for
   *     long
   */
  WorldNow now(String world) {
    var now = time.instant();
    var last = known.get(world);
    if (last != null && isWithin(FRESH, last.asked(), now)) {
      return last.answer().at(now);
    }
    if (last == null || !isWithin(TRUSTED, last.answer().real(), now)) {
      return first(world, now);
    }
    try {
      return ask(world, now, PATIENCE);
    } catch (ServiceException e) {
      known.put(world, new Known(last.answer(), now));
      return last.answer().at(now);
    }
  }

  private WorldNow first(String world, Instant now) {
    try {
      return ask(world, now, CallOptions.defaults());
    } catch (ServiceException e) {
      throw ServiceException.builder(
              ErrorCode.UNAVAILABLE,
              "the time in world \"" + world + "\" is not known: time-manager does not answer")
          .mayHaveExecuted(false)
          .cause(e)
          .build();
    }
  }

  private WorldNow ask(String world, Instant now, CallOptions options) {
    var request = GetTimeRequest.newBuilder().setWorldId(world).build();
    var answer = timeManager.getTime(request, options);
    var fresh =
        WorldNow.of(answer.getNow(), time.instant()); // which may be long after it was asked
    known.put(world, new Known(fresh, now));
    return fresh;
  }

  private static boolean isWithin(Duration age, Instant then, Instant now) {
    return Duration.between(then, now).abs().compareTo(age) < 0;
  }

  private static final class Recent extends LinkedHashMap<String, Known> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
      return size() > KEPT;
    }
  }
}
