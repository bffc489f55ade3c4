package io.bodybroker.settings.preference;

import static io.bodybroker.settings.Values.bindings;
import static io.bodybroker.settings.Values.bool;
import static io.bodybroker.settings.Values.number;
import static io.bodybroker.settings.Values.text;
import static io.bodybroker.settings.Values.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.settings.v1.SettingValue;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OverridesTest {
  private static final Timestamp NOON = Timestamp.newBuilder().setSeconds(1_000).build();
  private static final Timestamp LATER = Timestamp.newBuilder().setSeconds(2_000).build();
  private static final Overrides NONE = Overrides.of(Catalog.OF_PLAYERS, List.of());

  static Stream<Arguments> defaults() {
    return Stream.of(
        Arguments.of("audio.master_volume", number(1.0)),
        Arguments.of("audio.music_volume", number(0.8)),
        Arguments.of("audio.sfx_volume", number(1.0)),
        Arguments.of("audio.voice_volume", number(1.0)),
        Arguments.of("audio.audio_quality", text("medium")),
        Arguments.of("audio.subtitle_language", text("common")),
        Arguments.of("audio.show_original_language", bool(false)),
        Arguments.of("video.resolution_width", whole(1920)),
        Arguments.of("video.resolution_height", whole(1080)),
        Arguments.of("video.quality_preset", text("medium")),
        Arguments.of("video.window_mode", text("fullscreen")),
        Arguments.of("video.vsync", bool(true)),
        Arguments.of("video.frame_rate_limit", whole(60)),
        Arguments.of("video.lumen", bool(true)),
        Arguments.of("video.nanite", bool(true)),
        Arguments.of("video.ray_tracing", bool(false)),
        Arguments.of("video.shadow_quality", text("medium")),
        Arguments.of("video.texture_quality", text("medium")),
        Arguments.of("video.post_processing", bool(true)),
        Arguments.of("controls.sensitivity", number(1.0)),
        Arguments.of("controls.smoothing", bool(false)),
        Arguments.of("controls.invert_y", bool(false)),
        Arguments.of("controls.key_bindings", bindings(Map.of())),
        Arguments.of("controls.controller", bool(false)),
        Arguments.of("accessibility.screen_reader", bool(false)),
        Arguments.of("accessibility.high_contrast", bool(false)),
        Arguments.of("accessibility.text_scaling", number(1.0)),
        Arguments.of("accessibility.color_blind", text("none")),
        Arguments.of("accessibility.motion_sensitivity", number(1.0)),
        Arguments.of("accessibility.subtitles", bool(true)),
        Arguments.of("accessibility.always_on", bool(false)),
        Arguments.of("difficulty.level", text("normal")),
        Arguments.of("difficulty.permadeath", bool(false)),
        Arguments.of("difficulty.damage_multiplier", number(1.0)),
        Arguments.of("ui.theme", text("dark")),
        Arguments.of("ui.language", text("en")),
        Arguments.of("ui.tooltips", bool(true)),
        Arguments.of("ui.animation", text("normal")),
        Arguments.of("features.beta", bool(false)),
        Arguments.of("features.experimental_ai", bool(false)),
        Arguments.of("features.analytics", bool(true)));
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void givesWhatNobodySetItsDefault(String key, SettingValue value) {
    var setting = NONE.effective(Catalog.OF_PLAYERS.select(List.of(key))).getFirst();
    assertThat(setting.getValue()).isEqualTo(value);
    assertThat(setting.getIsDefault()).isTrue();
    assertThat(setting.hasLastModified()).isFalse();
  }

  @Test
  void hasNoSettingThatTheTableOfDefaultsHasNot() {
    assertThat(Catalog.OF_PLAYERS.rules())
        .extracting(SettingRule::key)
        .containsExactlyInAnyOrderElementsOf(defaults().map(row -> (String) row.get()[0]).toList());
    assertThat(Catalog.OF_GAME.rules())
        .extracting(rule -> rule.key() + "=" + rule.definition().getDefaultValue())
        .containsExactly(
            "game.max_players=int_value: 10000\n",
            "game.pvp=bool_value: true\n",
            "game.voice_chat=bool_value: false\n",
            "game.world_tick_rate=int_value: 60\n");
  }

  static Stream<Arguments> allowed() {
    return Stream.of(
        Arguments.of("audio.master_volume", number(0)),
        Arguments.of("audio.audio_quality", text("high")),
        Arguments.of("audio.subtitle_language", text("Vampire")),
        Arguments.of("video.resolution_width", whole(640)),
        Arguments.of("video.resolution_width", whole(15_360)),
        Arguments.of("video.quality_preset", text("ultra")),
        Arguments.of("video.window_mode", text("borderless")),
        Arguments.of("video.frame_rate_limit", whole(0)),
        Arguments.of("video.frame_rate_limit", whole(30)),
        Arguments.of("accessibility.color_blind", text("tritanopia")),
        Arguments.of("difficulty.damage_multiplier", number(0.1)),
        Arguments.of("controls.key_bindings", bindings(Map.of("harvest", "KeyE"))));
  }

  @ParameterizedTest
  @MethodSource("allowed")
  void takesWhatASettingCanHave(String key, SettingValue value) {
    var set = NONE.with(Map.of(key, value), NOON);
    var setting = set.effective(Catalog.OF_PLAYERS.select(List.of(key))).getFirst();
    assertThat(setting.getValue()).isEqualTo(value);
    assertThat(setting.getIsDefault()).isFalse();
    assertThat(setting.getLastModified()).isEqualTo(NOON);
    assertThat(set.changedSince(NONE)).containsExactly(key);
  }

  static Stream<Arguments> refused() {
    var tooMany = new HashMap<String, String>();
    IntStream.range(0, 101).forEach(i -> tooMany.put("action" + i, "KeyA"));
    return Stream.of(
        refusal("audio.master_volume", number(1.01), "double_value 1.01", "0 to 1"),
        refusal("audio.master_volume", number(Double.NaN), "double_value NaN", "0 to 1"),
        refusal("audio.master_volume", whole(1), "int_value 1", "a double_value, 0 to 1"),
        refusal("audio.master_volume", text("1"), "text_value \"1\"", "a double_value"),
        refusal("audio.audio_quality", text("ultra"), "ultra", "one of [low, medium, high]"),
        refusal("audio.subtitle_language", text("a b"), "a b", "letters, digits"),
        refusal("audio.subtitle_language", text(""), "text_value \"\"", "1 to 32 letters"),
        refusal("video.resolution_width", whole(639), "int_value 639", "640 to 15360"),
        refusal("video.frame_rate_limit", whole(61), "int_value 61", "one of [0, 30, 60, 120]"),
        refusal("video.vsync", text("true"), "text_value \"true\"", "a bool_value"),
        refusal("ui.theme", SettingValue.getDefaultInstance(), "empty", "one of [dark, light]"),
        refusal("controls.key_bindings", bindings(tooMany), "101 bindings", "at most 100"),
        refusal(
            "controls.key_bindings", bindings(Map.of("a b", "KeyA")), "1 bindings", "40 letters"),
        refusal("game.pvp", bool(false), "game.pvp", "ListDefinitions has for scope PLAYER"),
        refusal("audio.volume", number(1), "audio.volume", "a key that ListDefinitions has"));
  }

  private static Arguments refusal(String key, SettingValue value, String shown, String expected) {
    return Arguments.of(key, value, shown, expected);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatASettingCannotHaveAndSaysWhatWouldBeRight(
      String key, SettingValue value, String shown, String expected) {
    var error =
        catchThrowableOfType(ServiceException.class, () -> NONE.with(Map.of(key, value), NOON));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(error.message())
        .startsWith("settings[" + key + "]: ")
        .contains(shown)
        .contains(expected);
  }

  @Test
  void namesEveryValueThatIsWrong() {
    var error =
        catchThrowableOfType(
            ServiceException.class,
            () ->
                NONE.with(
                    Map.of(
                        "ui.theme", text("pink"), "no.key", bool(true), "ui.tooltips", bool(false)),
                    NOON));
    assertThat(error.fieldViolations())
        .extracting(violation -> violation.field())
        .containsExactly("settings[no.key]", "settings[ui.theme]");
  }

  @Test
  void keepsTheTimeOfAValueThatIsSetAgain() {
    var first = NONE.with(Map.of("ui.theme", text("light")), NOON);
    var again = first.with(Map.of("ui.theme", text("light"), "ui.tooltips", bool(false)), LATER);
    assertThat(again.effective(Catalog.OF_PLAYERS.select(List.of("ui"))))
        .extracting(setting -> setting.getLastModified().getSeconds())
        .containsExactly(0L, 0L, 1_000L, 2_000L);
    assertThat(again.changedSince(first)).containsExactly("ui.tooltips");
  }

  @Test
  void takesAValueSetToItsDefaultForTheDefault() {
    var set = NONE.with(Map.of("ui.theme", text("light")), NOON);
    var back = set.with(Map.of("ui.theme", text("dark")), LATER);
    assertThat(back.stored()).isEmpty();
    assertThat(back.changedSince(set)).containsExactly("ui.theme");
  }

  @Test
  void forgetsWhatAReplacementDoesNotName() {
    var set = NONE.with(Map.of("ui.theme", text("light"), "ui.tooltips", bool(false)), NOON);
    var replaced =
        set.replacedBy(Map.of("ui.theme", text("light"), "video.vsync", bool(false)), LATER);
    assertThat(replaced.changedSince(set)).containsExactly("ui.tooltips", "video.vsync");
    assertThat(replaced.stored())
        .extracting(override -> override.getKey() + "@" + override.getModifiedAt().getSeconds())
        .containsExactly("ui.theme@1000", "video.vsync@2000");
  }

  @Test
  void selectsByKeyAndByCategory() {
    assertThat(Catalog.OF_PLAYERS.select(List.of("ui.theme", "difficulty")))
        .extracting(SettingRule::key)
        .containsExactly(
            "difficulty.damage_multiplier",
            "difficulty.level",
            "difficulty.permadeath",
            "ui.theme");
    var error =
        catchThrowableOfType(
            ServiceException.class, () -> Catalog.OF_PLAYERS.select(List.of("ui", "u")));
    assertThat(error.message())
        .isEqualTo("keys[1]: u (expected: a key that ListDefinitions has for scope PLAYER)");
  }

  @Test
  void doesNotTripOverAKeyThatALaterReleaseNoLongerHas() {
    var stored =
        NONE.with(Map.of("ui.theme", text("light")), NOON).stored().stream()
            .map(override -> override.toBuilder().setKey("ui.gone").build())
            .toList();
    assertThat(Overrides.of(Catalog.OF_PLAYERS, stored).stored()).isEmpty();
  }

  @Provide
  Arbitrary<Map<String, SettingValue>> writes() {
    return Arbitraries.of(Catalog.OF_PLAYERS.rules())
        .flatMap(rule ->
            Arbitraries.of(rule.defaultValue(), other(rule))
                .map(value -> Map.entry(rule.key(), value)))
        .list()
        .ofMaxSize(6)
        .map(entries -> {
          var values = new HashMap<String, SettingValue>();
          entries.forEach(entry -> values.put(entry.getKey(), entry.getValue()));
          return Collections.unmodifiableMap(values);
        });
  }

  /** A value that is allowed and not the default. */
  private static SettingValue other(SettingRule rule) {
    var value = rule.defaultValue();
    return switch (value.getKindCase()) {
      case BOOL_VALUE -> bool(!value.getBoolValue());
      case INT_VALUE -> whole(value.getIntValue() == 60 ? 30 : value.getIntValue() + 1);
      case DOUBLE_VALUE -> number(0.5);
      case TEXT_VALUE ->
          rule.allowed().stream()
              .filter(text -> !text.equals(value.getTextValue()))
              .findFirst()
              .map(text -> text(text))
              .orElseGet(() -> text("it"));
      case BINDINGS_VALUE -> bindings(Map.of("jump", "Space"));
      case KIND_NOT_SET -> throw new IllegalArgumentException("no value");
    };
  }

  /** Whatever is written: an override is never a default, and what changed is what differs. */
  @Property(tries = 200)
  void tellsExactlyWhatIsOtherwise(
      @ForAll("writes") Map<String, SettingValue> first,
      @ForAll("writes") Map<String, SettingValue> second,
      @ForAll boolean isReplacing) {
    var before = NONE.with(first, NOON);
    var after = isReplacing ? before.replacedBy(second, LATER) : before.with(second, LATER);
    var old = before.effective(Catalog.OF_PLAYERS.rules());
    var now = after.effective(Catalog.OF_PLAYERS.rules());
    var differing =
        IntStream.range(0, old.size())
            .filter(i -> !old.get(i).getValue().equals(now.get(i).getValue()))
            .mapToObj(i -> now.get(i).getKey())
            .toList();
    assertThat(after.changedSince(before)).isEqualTo(differing);
    assertThat(now)
        .allSatisfy(
            setting -> assertThat(setting.getIsDefault()).isEqualTo(!setting.hasLastModified()));
    assertThat(Overrides.of(Catalog.OF_PLAYERS, after.stored()).changedSince(after)).isEmpty();
    assertThat(after.without(Catalog.OF_PLAYERS.select(List.of())).stored()).isEmpty();
  }
}
