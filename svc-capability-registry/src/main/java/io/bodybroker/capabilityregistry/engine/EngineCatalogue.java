package io.bodybroker.capabilityregistry.engine;

import io.bodybroker.capabilityregistry.v1.EngineFeature;
import io.bodybroker.capabilityregistry.v1.EngineStability;
import io.bodybroker.capabilityregistry.v1.EngineVersion;
import io.bodybroker.capabilityregistry.v1.FeatureSuggestion;
import io.bodybroker.sdk.error.ServiceException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The versions of the engine that are known, and the features each has. Immutable. */
public final class EngineCatalogue {
  private static final Comparator<EngineVersion> NEWEST_FIRST =
      Comparator.comparing((EngineVersion version) -> VersionNumber.of(version.getVersion()))
          .reversed();

  private final List<EngineVersion> versions;
  private final List<EngineFeature> features;

  /** From a word of a scene to the feature it hints at. */
  private final Map<String, String> hints;

  EngineCatalogue(
      List<EngineVersion> versions, List<EngineFeature> features, Map<String, String> hints) {
    var sorted = versions.stream().sorted(NEWEST_FIRST).toList();
    String usual =
        sorted.stream()
            .filter(version -> version.getStability() == EngineStability.STABLE)
            .findFirst()
            .orElseThrow()
            .getVersion();
    this.versions =
        sorted.stream()
            .map(version ->
                version.toBuilder().setIsDefault(version.getVersion().equals(usual)).build())
            .toList();
    this.features =
        features.stream().sorted(Comparator.comparing(EngineFeature::getFeatureId)).toList();
    this.hints = Map.copyOf(hints);
  }

  /** That of the game. */
  public static EngineCatalogue ofTheGame() {
    return new EngineCatalogue(UnrealEngine.VERSIONS, UnrealEngine.FEATURES, UnrealEngine.hints());
  }

  /** All versions, the newest first. */
  public List<EngineVersion> versions() {
    return versions;
  }

  /**
   * The version of a number, or the newest of its line; the latest that is stable, if it is empty.
   *
   * @throws ServiceException {@code NOT_FOUND}
   */
  public EngineVersion version(String number) {
    return versions.stream()
        .filter(version ->
            number.isEmpty()
                ? version.getIsDefault()
                : VersionNumber.of(number).covers(VersionNumber.of(version.getVersion())))
        .findFirst()
        .orElseThrow(() -> ServiceException.notFound("engine version", number));
  }

  /** The features that a version has, by name. */
  public List<EngineFeature> features(EngineVersion version, boolean includeDeprecated) {
    var number = VersionNumber.of(version.getVersion());
    return features.stream()
        .filter(feature -> VersionNumber.of(feature.getIntroduced()).compareTo(number) <= 0)
        .filter(feature -> includeDeprecated || !isDeprecated(feature, number))
        .toList();
  }

  private static boolean isDeprecated(EngineFeature feature, VersionNumber number) {
    return !feature.getDeprecated().isEmpty()
        && VersionNumber.of(feature.getDeprecated()).compareTo(number) <= 0;
  }

  /**
   * A feature, whichever versions have it.
   *
   * @throws ServiceException {@code NOT_FOUND}
   */
  public EngineFeature feature(String id) {
    return features.stream()
        .filter(feature -> feature.getFeatureId().equals(id))
        .findFirst()
        .orElseThrow(() -> ServiceException.notFound("engine feature", id));
  }

  /** The features of a version that suit a scene in words, those most hinted at first. */
  public List<FeatureSuggestion> suggestions(EngineVersion version, String scene) {
    var found = new LinkedHashMap<String, Set<String>>();
    for (String word : scene.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
      String hint = hints.containsKey(word) ? word : singular(word);
      String feature = hints.get(hint);
      if (feature != null) {
        found.computeIfAbsent(feature, id -> new LinkedHashSet<>()).add(word);
      }
    }
    return features(version, false).stream()
        .filter(feature -> found.containsKey(feature.getFeatureId()))
        .map(feature ->
            FeatureSuggestion.newBuilder()
                .setFeature(feature)
                .addAllHints(found.getOrDefault(feature.getFeatureId(), Set.of()))
                .build())
        .sorted(
            Comparator.comparingInt((FeatureSuggestion one) -> -one.getHintsCount())
                .thenComparing(one -> one.getFeature().getFeatureId()))
        .toList();
  }

  private static String singular(String word) {
    if (word.endsWith("ies")) {
      return word.substring(0, word.length() - 3) + "y";
    }
    return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
  }
}
