package io.bodybroker.settings.preference;

import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.settings.v1.SettingScope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings there are of one scope, by key. A key is {@code category.name}.
 *
 * <p>Immutable.
 */
public final class Catalog {
  private static final List<String> LEVELS = List.of("low", "medium", "high");
  private static final List<String> QUALITIES = List.of("low", "medium", "high", "ultra");

  private static final List<SettingRule> RULES =
      List.of(
          SettingRule.number("audio.master_volume", 1.0, 0, 1),
          SettingRule.number("audio.music_volume", 0.8, 0, 1),
          SettingRule.number("audio.sfx_volume", 1.0, 0, 1),
          SettingRule.number("audio.voice_volume", 1.0, 0, 1),
          SettingRule.choice("audio.audio_quality", "medium", LEVELS),
          SettingRule.name("audio.subtitle_language", "common"),
          SettingRule.flag("audio.show_original_language", false),
          SettingRule.whole("video.resolution_width", 1920, 640, 15_360),
          SettingRule.whole("video.resolution_height", 1080, 480, 8_640),
          SettingRule.choice("video.quality_preset", "medium", QUALITIES),
          SettingRule.choice(
              "video.window_mode", "fullscreen", List.of("windowed", "fullscreen", "borderless")),
          SettingRule.flag("video.vsync", true),
          // 0 is unlimited.
          SettingRule.oneOf("video.frame_rate_limit", 60, List.of(0, 30, 60, 120)),
          SettingRule.flag("video.lumen", true),
          SettingRule.flag("video.nanite", true),
          SettingRule.flag("video.ray_tracing", false),
          SettingRule.choice("video.shadow_quality", "medium", QUALITIES),
          SettingRule.choice("video.texture_quality", "medium", QUALITIES),
          SettingRule.flag("video.post_processing", true),
          SettingRule.number("controls.sensitivity", 1.0, 0.1, 10),
          SettingRule.flag("controls.smoothing", false),
          SettingRule.flag("controls.invert_y", false),
          SettingRule.bindings("controls.key_bindings"),
          SettingRule.flag("controls.controller", false),
          SettingRule.flag("accessibility.screen_reader", false),
          SettingRule.flag("accessibility.high_contrast", false),
          SettingRule.number("accessibility.text_scaling", 1.0, 0.5, 3),
          SettingRule.choice(
              "accessibility.color_blind",
              "none",
              List.of("none", "protanopia", "deuteranopia", "tritanopia")),
          SettingRule.number("accessibility.motion_sensitivity", 1.0, 0, 2),
          SettingRule.flag("accessibility.subtitles", true),
          SettingRule.flag("accessibility.always_on", false),
          SettingRule.choice("difficulty.level", "normal", List.of("easy", "normal", "hard")),
          SettingRule.flag("difficulty.permadeath", false),
          SettingRule.number("difficulty.damage_multiplier", 1.0, 0.1, 10),
          SettingRule.choice("ui.theme", "dark", List.of("dark", "light")),
          SettingRule.name("ui.language", "en"),
          SettingRule.flag("ui.tooltips", true),
          SettingRule.choice("ui.animation", "normal", List.of("none", "slow", "normal", "fast")),
          SettingRule.flag("features.beta", false),
          SettingRule.flag("features.experimental_ai", false),
          SettingRule.flag("features.analytics", true),
          SettingRule.whole("game.max_players", 10_000, 1, 100_000).ofGame(),
          SettingRule.whole("game.world_tick_rate", 60, 1, 240).ofGame(),
          SettingRule.flag("game.pvp", true).ofGame(),
          SettingRule.flag("game.voice_chat", false).ofGame());

  /** What each player has. */
  public static final Catalog OF_PLAYERS = of(SettingScope.PLAYER);

  /** What the game has once. */
  public static final Catalog OF_GAME = of(SettingScope.GAME);

  private final SettingScope scope;
  private final SortedMap<String, SettingRule> rules;

  private Catalog(SettingScope scope, SortedMap<String, SettingRule> rules) {
    this.scope = scope;
    this.rules = rules;
  }

  private static Catalog of(SettingScope scope) {
    Map<String, SettingRule> rules =
        RULES.stream()
            .filter(rule -> rule.scope() == scope)
            .collect(Collectors.toMap(SettingRule::key, Function.identity()));
    return new Catalog(scope, new TreeMap<>(rules));
  }

  /** The settings of all scopes, by key. */
  public static List<SettingRule> all() {
    return Stream.of(OF_GAME, OF_PLAYERS)
        .flatMap(catalog -> catalog.rules().stream())
        .sorted((a, b) -> a.key().compareTo(b.key()))
        .toList();
  }

  /** By key. */
  public Collection<SettingRule> rules() {
    return rules.values();
  }

  /** The setting of this key. */
  public Optional<SettingRule> find(String key) {
    return Optional.ofNullable(rules.get(key));
  }

  /**
   * The settings that somebody means, by key.
   *
   * @param names keys and categories; none means all
   * @throws ServiceException {@code INVALID_ARGUMENT} naming one that is neither
   */
  public List<SettingRule> select(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      var name = names.get(i);
      if (rules().stream().noneMatch(rule -> rule.is(name))) {
        throw ServiceException.invalidArgument("keys[" + i + "]", name, expectedKey());
      }
    }
    return rules().stream()
        .filter(rule -> names.isEmpty() || names.stream().anyMatch(rule::is))
        .toList();
  }

  /** What a key must be. */
  String expectedKey() {
    return "a key that ListDefinitions has for scope " + scope;
  }
}
