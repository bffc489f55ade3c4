package io.bodybroker.weathermanager;

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
 * The worlds' clocks, asked of the time-manager.
 *
 * <p>A clock tells the game time for as long as nobody changes it, so it need not be asked for each
 * read: one that was asked for less than {@link #FRESH} ago will do. When the time-manager does not
 * answer, nobody can change a clock either, so the last one known goes on to serve reads until it
 * is {@link #TRUSTED} old. Writes always ask.
 *
 * <p>Thread-safe.
 */
final class WorldClocks {
  /** How long a change of a clock may go unnoticed by reads. */
  static final Duration FRESH = Duration.ofSeconds(1);

  /** How old a clock may get while the time-manager is away. */
  static final Duration TRUSTED = Duration.ofMinutes(10);

  /**
   * How long a read waits that has a clock to go on with. Whoever has none waits as long as its own
   * caller does: an answer that comes late is better than none, and a time-manager that is slow for
   * a moment must not count as one that is away.
   */
  private static final CallOptions PATIENCE = CallOptions.timeout(Duration.ofMillis(500));

  private static final int KEPT_CLOCKS = 10_000;

  private final TimeManagerClient timeManager;
  private final InstantSource time;
  private final Map<String, Known> known = Collections.synchronizedMap(new Recent());

  /**
   * @param answered when the time-manager gave the clock
   * @param asked when it was asked last
   */
  private record Known(GameClock clock, Instant answered, Instant asked) {}

  WorldClocks(TimeManagerClient timeManager, InstantSource time) {
    this.timeManager = timeManager;
    this.time = time;
  }

  /**
   * The clock as it is now.
   *
   * @throws ServiceException {@code UNAVAILABLE} if the time-manager does not say
   */
  GameClock current(String world) {
    try {
      return ask(world, CallOptions.defaults());
    } catch (ServiceException e) {
      throw unknown(world, e);
    }
  }

  /**
   * The clock as it was a moment ago.
   *
   * @throws ServiceException {@code UNAVAILABLE} if the time-manager does not say and has not for
   *     long
   */
  GameClock recent(String world) {
    var now = time.instant();
    var last = known.get(world);
    if (last != null && age(last.asked(), now).compareTo(FRESH) < 0) {
      return last.clock();
    }
    if (last == null || age(last.answered(), now).compareTo(TRUSTED) > 0) {
      return current(world);
    }
    try {
      return ask(world, PATIENCE);
    } catch (ServiceException e) {
      known.put(world, new Known(last.clock(), last.answered(), now));
      return last.clock();
    }
  }

  private GameClock ask(String world, CallOptions options) {
    var now = time.instant();
    var request = GetTimeRequest.newBuilder().setWorldId(world).build();
    var answer = timeManager.getTime(request, options);
    var clock = GameClock.of(answer.getNow().getClock());
    known.put(world, new Known(clock, now, now));
    return clock;
  }

  /**
   * Without its sign, so that a wall clock that was set back does not make a clock fresh for long.
   */
  private static Duration age(Instant then, Instant now) {
    return Duration.between(then, now).abs();
  }

  private static ServiceException unknown(String world, ServiceException cause) {
    var message = "the clock of world \"" + world + "\" is not known: time-manager does not answer";
    return ServiceException.builder(ErrorCode.UNAVAILABLE, message)
        .mayHaveExecuted(false)
        .cause(cause)
        .build();
  }

  private static final class Recent extends LinkedHashMap<String, Known> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
      return size() > KEPT_CLOCKS;
    }
  }
}
