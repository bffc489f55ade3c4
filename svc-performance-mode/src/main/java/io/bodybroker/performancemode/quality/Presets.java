package io.bodybroker.performancemode.quality;

import io.bodybroker.performancemode.v1.CustomSettings;
import io.bodybroker.performancemode.v1.Mode;
import io.bodybroker.performancemode.v1.Settings;
import java.util.List;

/** The table of modes, and which level suits a frame rate. */
public final class Presets {
  private static final List<Mode> LEVELS = List.of(Mode.LOW, Mode.MEDIUM, Mode.HIGH, Mode.ULTRA);
  private static final double TOO_SLOW = 0.7;
  private static final double FAST_ENOUGH_FOR_MORE = 1.3;

  private Presets() {}

  /** What a level comes to by itself. */
  static Settings.Builder of(Mode level) {
    return switch (level) {
      case LOW -> immersive(0.3, 30, 30, 30);
      case HIGH -> immersive(0.7, 90, 70, 70);
      case ULTRA -> immersive(1, 120, 100, 100);
      case COMPETITIVE ->
          Settings.newBuilder()
              .setTargetFps(300)
              .setAiQuality(100)
              .setRenderQuality(30)
              .setDetail(0.3)
              .setAiRate(10)
              .setMaxNpcs(50)
              .setCulling(0.9)
              .setRenderScale(0.5);
      default -> immersive(0.5, 60, 50, 50);
    };
  }

  /** The factor of quality decides on detail, minds, crowds and the far away. */
  private static Settings.Builder immersive(double q, int fps, int ai, int render) {
    return Settings.newBuilder()
        .setTargetFps(fps)
        .setAiQuality(ai)
        .setRenderQuality(render)
        .setDetail(q)
        .setAiRate(2 + 8 * q)
        .setMaxNpcs((int) Math.round(30 + 70 * q))
        .setCulling(0.3 + 0.6 * (1 - q))
        .setRenderScale(1);
  }

  /** What a mode comes to with a player's own settings. */
  static Settings settings(Mode mode, Mode level, CustomSettings custom) {
    var settings = of(level).setMode(mode).setLevel(level).setDynamicScaling(mode == Mode.AUTO);
    if (custom.hasAiQuality()) {
      settings.setAiQuality(Math.clamp(custom.getAiQuality(), 0, 100));
    }
    if (custom.hasRenderQuality()) {
      settings.setRenderQuality(Math.clamp(custom.getRenderQuality(), 0, 100));
    }
    if (custom.hasDynamicScaling()) {
      settings.setDynamicScaling(custom.getDynamicScaling());
    }
    return settings.build();
  }

  /** One level down from what is too slow, one up from what has much to spare, else the same. */
  public static Mode recommended(Settings settings, double averageFps) {
    double ratio = averageFps / settings.getTargetFps();
    if (ratio == 0 || (ratio >= TOO_SLOW && ratio <= FAST_ENOUGH_FOR_MORE)) {
      return settings.getLevel();
    }
    if (settings.getLevel() == Mode.COMPETITIVE) {
      return ratio < TOO_SLOW ? Mode.MEDIUM : Mode.COMPETITIVE;
    }
    int index = LEVELS.indexOf(settings.getLevel()) + (ratio < TOO_SLOW ? -1 : 1);
    return LEVELS.get(Math.clamp(index, 0, LEVELS.size() - 1));
  }
}
