package io.bodybroker.performancemode.quality;

import io.bodybroker.performancemode.state.v1.StoredFrame;
import io.bodybroker.performancemode.v1.Budget;
import io.bodybroker.performancemode.v1.BudgetType;
import io.bodybroker.performancemode.v1.FrameSample;
import io.bodybroker.performancemode.v1.Metrics;
import io.bodybroker.performancemode.v1.Settings;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Frames that were measured, the oldest first.
 *
 * @param frames as they are stored
 */
public record Frames(List<StoredFrame> frames) {
  /** How many are kept. */
  public static final int MOST = 1000;

  private static final Duration SHORTEST = Duration.ofNanos(1000);
  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final int LAST = 10;
  private static final double TOO_MUCH = 1.2;
  private static final double DROPPED = 1.5;
  private static final double MICROS_OF_A_SECOND = 1e6;

  /** Copies. */
  public Frames {
    frames = List.copyOf(frames);
  }

  /** How many. */
  public int count() {
    return frames.size();
  }

  /** Those reported after a moment. */
  public Frames since(Instant moment) {
    return new Frames(
        frames.stream().filter(frame -> frame.getAtMillis() > moment.toEpochMilli()).toList());
  }

  /**
   * With those of a report, and without the oldest that are too many.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if a frame took less than a microsecond, or
   *     more than a second
   */
  public Frames with(List<FrameSample> samples, Instant now) {
    var all = new ArrayList<>(frames);
    for (int i = 0; i < samples.size(); i++) {
      all.add(stored(samples.get(i), i, now));
    }
    return new Frames(all.subList(Math.max(0, all.size() - MOST), all.size()));
  }

  private static StoredFrame stored(FrameSample sample, int index, Instant now) {
    Duration time =
        ProtoTimes.within(
            "samples[" + index + "].frame_time", sample.getFrameTime(), SHORTEST, LONGEST);
    return StoredFrame.newBuilder()
        .setAtMillis(now.toEpochMilli())
        .setFrameMicros((int) (time.toNanos() / 1000))
        .setCpu((float) sample.getCpu())
        .setGpu((float) sample.getGpu())
        .setMemoryMib(sample.getMemoryMib())
        .build();
  }

  /** What they say of settings. */
  public Metrics metrics(Settings settings) {
    if (frames.isEmpty()) {
      return Metrics.getDefaultInstance();
    }
    var times = frames.stream().mapToInt(StoredFrame::getFrameMicros).summaryStatistics();
    double dropped = DROPPED * MICROS_OF_A_SECOND / settings.getTargetFps();
    return Metrics.newBuilder()
        .setFrames(frames.size())
        .setAverageFps(MICROS_OF_A_SECOND / times.getAverage())
        .setMinFps(MICROS_OF_A_SECOND / times.getMax())
        .setMaxFps(MICROS_OF_A_SECOND / times.getMin())
        .setAverageFrameTime(
            ProtoTimes.duration(Duration.ofNanos(Math.round(times.getAverage() * 1000))))
        .setFrameDrops(
            (int) frames.stream().filter(frame -> frame.getFrameMicros() > dropped).count())
        .setCpu(average(StoredFrame::getCpu))
        .setGpu(average(StoredFrame::getGpu))
        .setMemoryMib(average(StoredFrame::getMemoryMib))
        .build();
  }

  private double average(ToDoubleFunction<StoredFrame> figure) {
    return frames.stream().mapToDouble(figure).average().orElse(0);
  }

  /**
   * Whether the last ten took so long that what can wait should: longer than 1.2 times the budget,
   * or, without one, than the target allows.
   */
  public boolean isSkipping(Player player) {
    if (frames.size() < LAST) {
      return false;
    }
    double allowed =
        player
            .budget(BudgetType.FRAME_TIME)
            .map(Budget::getLimit)
            .map(millis -> millis * 1000)
            .orElseGet(() -> MICROS_OF_A_SECOND / player.settings().getTargetFps());
    double last =
        frames.subList(frames.size() - LAST, frames.size()).stream()
            .mapToInt(StoredFrame::getFrameMicros)
            .average()
            .orElse(0);
    return last > TOO_MUCH * allowed;
  }
}
