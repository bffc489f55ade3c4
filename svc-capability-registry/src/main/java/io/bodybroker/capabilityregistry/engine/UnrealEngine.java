package io.bodybroker.capabilityregistry.engine;

import io.bodybroker.capabilityregistry.v1.EngineFeature;
import io.bodybroker.capabilityregistry.v1.EngineStability;
import io.bodybroker.capabilityregistry.v1.EngineVersion;
import io.bodybroker.capabilityregistry.v1.FeatureCategory;
import io.bodybroker.capabilityregistry.v1.FeatureParameter;
import io.bodybroker.capabilityregistry.v1.ParameterType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Unreal Engine 5, as far as the game uses it. */
final class UnrealEngine {
  static final List<EngineVersion> VERSIONS =
      List.of(
          version("5.0.3", EngineStability.STABLE),
          version("5.1.1", EngineStability.STABLE),
          version("5.2.1", EngineStability.STABLE),
          version("5.3.2", EngineStability.STABLE),
          version("5.4.4", EngineStability.STABLE),
          version("5.5.4", EngineStability.STABLE),
          version("5.6.1", EngineStability.STABLE),
          version("5.7.0", EngineStability.PREVIEW));

  static final List<EngineFeature> FEATURES =
      List.of(
          feature("lumen", "Lumen", FeatureCategory.RENDERING, "5.0.3")
              .setDescription("Light that bounces, and reflections, without being baked.")
              .addParameters(flag("hardware_ray_tracing", false))
              .addParameters(number("max_trace_distance_m", 200, 1, 2000))
              .addParameters(choice("quality", "high", "low", "medium", "high", "epic"))
              .build(),
          feature("nanite", "Nanite", FeatureCategory.RENDERING, "5.0.3")
              .setDescription("Meshes of any detail, drawn as finely as a pixel can show.")
              .addParameters(number("fallback_relative_error", 1, 0, 10))
              .build(),
          feature("virtual_shadow_maps", "Virtual shadow maps", FeatureCategory.RENDERING, "5.0.3")
              .setDescription("Sharp shadows at any distance.")
              .addParameters(count("max_physical_pages", 4096, 512, 16384))
              .build(),
          feature("niagara", "Niagara", FeatureCategory.RENDERING, "5.0.3")
              .setDescription("Particles: rain, snow, fog, fire, blood.")
              .addParameters(count("max_particles", 10_000, 1, 1_000_000))
              .addParameters(flag("gpu_simulation", true))
              .build(),
          feature("cascade", "Cascade", FeatureCategory.RENDERING, "5.0.3")
              .setDescription("Particles as before Niagara.")
              .setDeprecated("5.0.3")
              .build(),
          feature("substrate", "Substrate", FeatureCategory.RENDERING, "5.2.1")
              .setDescription("Materials of several layers, such as wet skin.")
              .build(),
          feature("megalights", "MegaLights", FeatureCategory.RENDERING, "5.5.4")
              .setDescription("Hundreds of lights with shadows at once, as of a street at night.")
              .build(),
          feature("metasounds", "MetaSounds", FeatureCategory.AUDIO, "5.0.3")
              .setDescription("Sounds that are computed while they play.")
              .addParameters(count("max_voices", 32, 1, 256))
              .build(),
          feature("quartz", "Quartz", FeatureCategory.AUDIO, "5.0.3")
              .setDescription("Music that changes on the beat.")
              .addParameters(number("beats_per_minute", 120, 20, 300))
              .build(),
          feature("soundscape", "Soundscape", FeatureCategory.AUDIO, "5.0.3")
              .setDescription("What a place sounds like, from where one stands.")
              .build(),
          feature("chaos_destruction", "Chaos destruction", FeatureCategory.PHYSICS, "5.0.3")
              .setDescription("Things that break into pieces.")
              .addParameters(count("max_pieces", 500, 1, 10_000))
              .build(),
          feature("chaos_cloth", "Chaos cloth", FeatureCategory.PHYSICS, "5.0.3")
              .setDescription("Cloth that hangs and flutters.")
              .build(),
          feature("chaos_flesh", "Chaos flesh", FeatureCategory.PHYSICS, "5.1.1")
              .setDescription("Muscle and skin that give way.")
              .build(),
          feature("mass_ai", "Mass", FeatureCategory.AI, "5.0.3")
              .setDescription("Thousands who walk about a city.")
              .addParameters(count("max_agents", 5_000, 1, 100_000))
              .addParameters(number("full_detail_distance_m", 50, 1, 500))
              .build(),
          feature("state_tree", "State tree", FeatureCategory.AI, "5.0.3")
              .setDescription("What somebody does, as states with rules to leave them.")
              .build(),
          feature("smart_objects", "Smart objects", FeatureCategory.AI, "5.0.3")
              .setDescription("Things that tell characters what can be done with them.")
              .build(),
          feature("learning_agents", "Learning agents", FeatureCategory.AI, "5.3.2")
              .setDescription("Behaviour that is learned, not written.")
              .build(),
          feature("world_partition", "World partition", FeatureCategory.WORLD_BUILDING, "5.0.3")
              .setDescription("A large world of which only what is near is loaded.")
              .addParameters(number("cell_size_m", 128, 16, 1024))
              .addParameters(number("loading_range_m", 256, 16, 4096))
              .build(),
          feature("world_composition", "World composition", FeatureCategory.WORLD_BUILDING, "5.0.3")
              .setDescription("A large world of tiles, as before World partition.")
              .setDeprecated("5.1.1")
              .build(),
          feature("pcg", "Procedural content", FeatureCategory.WORLD_BUILDING, "5.2.1")
              .setDescription("Forests, rubble and ruins that follow rules.")
              .addParameters(count("seed", 42, 0, Integer.MAX_VALUE))
              .build(),
          feature("control_rig", "Control rig", FeatureCategory.ANIMATION, "5.0.3")
              .setDescription("Bodies that are moved by rules while the game runs.")
              .build(),
          feature("motion_matching", "Motion matching", FeatureCategory.ANIMATION, "5.4.4")
              .setDescription("Movement put together from whatever was recorded that fits.")
              .addParameters(number("search_interval_s", 0.1, 0.01, 1))
              .build(),
          feature("ml_deformer", "ML deformer", FeatureCategory.ANIMATION, "5.0.3")
              .setDescription("Skin that moves as a simulation would move it.")
              .build());

  private UnrealEngine() {}

  static Map<String, String> hints() {
    var hints = new HashMap<String, String>();
    put(hints, "lumen", "underground", "cavern", "cave", "tunnel", "sewer", "crypt", "indoors");
    put(hints, "mass_ai", "crowd", "city", "market", "riot", "swarm");
    put(hints, "niagara", "weather", "rain", "storm", "snow", "fog", "mist", "fire", "smoke");
    put(hints, "megalights", "neon", "night", "lantern", "candle");
    put(hints, "pcg", "forest", "wood", "garden", "rubble", "swamp");
    put(hints, "chaos_destruction", "explosion", "ruin", "collapse", "debris");
    put(hints, "chaos_cloth", "cloak", "cape", "curtain", "banner", "veil");
    put(hints, "chaos_flesh", "flesh", "muscle", "organ", "surgery");
    put(hints, "metasounds", "sound", "whisper", "scream", "engine");
    put(hints, "quartz", "music", "club", "concert", "dance");
    put(hints, "motion_matching", "chase", "fight", "run", "parkour");
    put(hints, "world_partition", "district", "desert", "wilderness", "harbour", "harbor");
    put(hints, "nanite", "statue", "cathedral", "rock", "architecture");
    return hints;
  }

  private static void put(Map<String, String> hints, String feature, String... words) {
    for (String word : words) {
      hints.put(word, feature);
    }
  }

  private static EngineVersion version(String number, EngineStability stability) {
    return EngineVersion.newBuilder().setVersion(number).setStability(stability).build();
  }

  private static EngineFeature.Builder feature(
      String id, String title, FeatureCategory category, String introduced) {
    return EngineFeature.newBuilder()
        .setFeatureId(id)
        .setTitle(title)
        .setCategory(category)
        .setIntroduced(introduced);
  }

  private static FeatureParameter flag(String name, boolean standard) {
    return parameter(name, ParameterType.BOOLEAN, String.valueOf(standard)).build();
  }

  private static FeatureParameter count(String name, int standard, int min, int max) {
    return parameter(name, ParameterType.INTEGER, String.valueOf(standard))
        .setMin(min)
        .setMax(max)
        .build();
  }

  private static FeatureParameter number(String name, double standard, double min, double max) {
    return parameter(name, ParameterType.NUMBER, String.valueOf(standard))
        .setMin(min)
        .setMax(max)
        .build();
  }

  private static FeatureParameter choice(String name, String standard, String... choices) {
    return parameter(name, ParameterType.CHOICE, standard).addAllChoices(List.of(choices)).build();
  }

  private static FeatureParameter.Builder parameter(
      String name, ParameterType type, String standard) {
    return FeatureParameter.newBuilder().setName(name).setType(type).setDefaultValue(standard);
  }
}
