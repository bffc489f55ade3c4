package io.bodybroker.sdk.deadletter;

import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.bodybroker.sdk.metrics.Metrics;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How full the queue is, as of not long ago. Looked at by one thread; what was seen may be asked
 * for by any.
 */
final class QueueWatch {
  private static final Logger LOG = System.getLogger(QueueWatch.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(15);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /** What is older says nothing any more: the figures are then unknown ({@code NaN}). */
  private static final Duration STALE = LOOK.multipliedBy(4);

  /** What a process may put in without looking; a hundred of them fill less than half of it. */
  private static final long MOST_UNSEEN_BYTES = 4L * 1024 * 1024;

  private final JetStreamApi api;
  private final InstantSource time;
  private volatile @Nullable Seen seen;
  private long nextLookNanos = System.nanoTime();
  private long bytesSinceLook;

  /**
   * @param maxBytes 0 without a limit
   * @param oldest when it came; null without any
   */
  private record Seen(
      long letters, long bytes, long maxBytes, @Nullable Instant oldest, long atNanos) {
    boolean isStale() {
      return System.nanoTime() - atNanos > STALE.toNanos();
    }
  }

  QueueWatch(JetStreamApi api, InstantSource time, Metrics metrics) {
    this.api = api;
    this.time = time;
    metrics.observe(DeadLetterMetrics.LETTERS, () -> figure(Seen::letters));
    metrics.observe(DeadLetterMetrics.BYTES, () -> figure(Seen::bytes));
    metrics.observe(DeadLetterMetrics.OLDEST, () -> figure(this::ageSeconds));
  }

  private double figure(ToDoubleFunction<Seen> figure) {
    Seen present = seen;
    return present == null || present.isStale() ? Double.NaN : figure.applyAsDouble(present);
  }

  private double ageSeconds(Seen present) {
    Instant oldest = present.oldest();
    return oldest == null
        ? 0
        : Math.max(0, Duration.between(oldest, time.instant()).toMillis() / 1000.0);
  }

  Duration untilNextLook() {
    return Duration.ofNanos(Math.max(0, nextLookNanos - System.nanoTime()));
  }

  /** Looks, if it is time. */
  void look() {
    if (untilNextLook().isPositive()) {
      return;
    }
    nextLookNanos = System.nanoTime() + LOOK.toNanos();
    bytesSinceLook = 0;
    try {
      seen = read();
    } catch (IOException | JetStreamApiException e) {
      LOG.log(Level.DEBUG, "how full the dead-letter queue is, is not known now", e);
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "the dead-letter queue cannot be looked at now", e);
      nextLookNanos = System.nanoTime() + LOOK_AGAIN.toNanos();
    }
  }

  /** A queue that nobody has needed yet is not there, and empty. */
  private Seen read() throws IOException, JetStreamApiException {
    try {
      StreamInfo info =
          api.management(api.connection()).getStreamInfo(DeadLetterStreams.QUEUE.name());
      var state = info.getStreamState();
      ZonedDateTime first = state.getFirstTime();
      return new Seen(
          state.getMsgCount(),
          state.getByteCount(),
          Math.max(0, info.getConfiguration().getMaxBytes()),
          state.getMsgCount() == 0 || first == null ? null : first.toInstant(),
          System.nanoTime());
    } catch (JetStreamApiException e) {
      if (JetStreamCodes.isStreamMissing(e.getApiErrorCode())) {
        return new Seen(0, 0, 0, null, System.nanoTime());
      }
      throw e;
    }
  }

  /** So much was put into it: after some of that it is time to look. */
  void brought(long bytes) {
    bytesSinceLook += bytes;
    if (bytesSinceLook >= MOST_UNSEEN_BYTES) {
      nextLookNanos = System.nanoTime();
    }
  }

  /** Whether half of it was taken when it was last looked at; looks if it never was. */
  boolean isHalfFull() {
    if (seen == null) {
      nextLookNanos = System.nanoTime();
      look();
    }
    Seen present = seen;
    return present != null && present.maxBytes() > 0 && present.bytes() * 2 >= present.maxBytes();
  }
}
