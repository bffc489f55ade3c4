package io.bodybroker.performancemode.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.performancemode.v1.CustomSettings;
import io.bodybroker.performancemode.v1.Mode;
import io.bodybroker.performancemode.v1.Settings;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetsTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-9);

  private static Settings settings(Mode level) {
    return Presets.settings(level, level, CustomSettings.getDefaultInstance());
  }

  @ParameterizedTest
  @CsvSource({
    // level, fps, ai, render, detail, ai rate, npcs, culling, scale
    "LOW, 30, 30, 30, 0.3, 4.4, 51, 0.72, 1",
    "MEDIUM, 60, 50, 50, 0.5, 6, 65, 0.6, 1",
    "HIGH, 90, 70, 70, 0.7, 7.6, 79, 0.48, 1",
    "ULTRA, 120, 100, 100, 1, 10, 100, 0.3, 1",
    "COMPETITIVE, 300, 100, 30, 0.3, 10, 50, 0.9, 0.5",
  })
  void haveTheFiguresOfTheTable(
      Mode level,
      int fps,
      int ai,
      int render,
      double detail,
      double aiRate,
      int npcs,
      double culling,
      double scale) {
    Settings settings = settings(level);

    assertThat(settings.getTargetFps()).isEqualTo(fps);
    assertThat(settings.getAiQuality()).isEqualTo(ai);
    assertThat(settings.getRenderQuality()).isEqualTo(render);
    assertThat(settings.getDetail()).isCloseTo(detail, EXACT);
    assertThat(settings.getAiRate()).isCloseTo(aiRate, EXACT);
    assertThat(settings.getMaxNpcs()).isEqualTo(npcs);
    assertThat(settings.getCulling()).isCloseTo(culling, EXACT);
    assertThat(settings.getRenderScale()).isCloseTo(scale, EXACT);
    assertThat(settings.getDynamicScaling()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // level, frames a second, then recommended
    "LOW, 20, LOW",
    "LOW, 39, LOW",
    "LOW, 39.1, MEDIUM",
    "MEDIUM, 41.9, LOW",
    "MEDIUM, 42, MEDIUM",
    "MEDIUM, 78, MEDIUM",
    "MEDIUM, 78.1, HIGH",
    "HIGH, 62, MEDIUM",
    "HIGH, 118, ULTRA",
    "ULTRA, 300, ULTRA",
    "ULTRA, 83, HIGH",
    "COMPETITIVE, 209, MEDIUM",
    "COMPETITIVE, 211, COMPETITIVE",
    "COMPETITIVE, 900, COMPETITIVE",
    "MEDIUM, 0, MEDIUM",
  })
  void recommendOneStepAtATime(Mode level, double fps, Mode recommended) {
    assertThat(Presets.recommended(settings(level), fps)).isEqualTo(recommended);
  }

  @Test
  void takeOwnSettingsWithinBounds() {
    var custom =
        CustomSettings.newBuilder()
            .setAiQuality(150)
            .setRenderQuality(-3)
            .setDynamicScaling(true)
            .build();

    Settings settings = Presets.settings(Mode.HIGH, Mode.HIGH, custom);

    assertThat(settings.getAiQuality()).isEqualTo(100);
    assertThat(settings.getRenderQuality()).isZero();
    assertThat(settings.getDynamicScaling()).isTrue();
    assertThat(settings.getTargetFps()).isEqualTo(90);
  }

  @Test
  void scaleDynamicallyInModeAuto() {
    var settings = Presets.settings(Mode.AUTO, Mode.MEDIUM, CustomSettings.getDefaultInstance());

    assertThat(settings.getDynamicScaling()).isTrue();
    assertThat(settings.getTargetFps()).isEqualTo(60);
  }
}
