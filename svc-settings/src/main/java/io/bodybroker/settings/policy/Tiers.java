package io.bodybroker.settings.policy;

import io.bodybroker.settings.v1.Tier;
import io.bodybroker.settings.v1.TierBenefits;
import io.bodybroker.settings.v1.TierFeature;
import java.util.List;
import java.util.stream.Stream;

/** What each tier includes; a greater one has all of a lesser. */
public final class Tiers {
  private static final List<TierFeature> OF_FREE = List.of(TierFeature.BASIC_GAMEPLAY);
  private static final List<TierFeature> OF_PREMIUM =
      and(
          OF_FREE,
          TierFeature.ADVANCED_FEATURES,
          TierFeature.CUSTOMIZATION,
          TierFeature.NO_ADS,
          TierFeature.PRIORITY_SUPPORT);
  private static final List<TierFeature> OF_WHALE = and(OF_PREMIUM, TierFeature.EARLY_ACCESS);

  private Tiers() {}

  /** The tier that is meant: one that was never set is {@code FREE}. */
  public static Tier effective(Tier stored) {
    return switch (stored) {
      case PREMIUM, WHALE -> stored;
      case FREE, TIER_UNSPECIFIED, UNRECOGNIZED -> Tier.FREE;
    };
  }

  /** What a tier includes. */
  public static TierBenefits benefits(Tier tier) {
    return switch (effective(tier)) {
      case PREMIUM -> benefits(Tier.PREMIUM, 3, 1_000, OF_PREMIUM);
      case WHALE -> benefits(Tier.WHALE, 10, 10_000, OF_WHALE);
      case FREE, TIER_UNSPECIFIED, UNRECOGNIZED -> benefits(Tier.FREE, 1, 100, OF_FREE);
    };
  }

  /** All tiers, the least first. */
  public static List<TierBenefits> all() {
    return Stream.of(Tier.FREE, Tier.PREMIUM, Tier.WHALE).map(Tiers::benefits).toList();
  }

  private static TierBenefits benefits(
      Tier tier, int characters, int megabytes, List<TierFeature> features) {
    return TierBenefits.newBuilder()
        .setTier(tier)
        .setMaxCharacters(characters)
        .setStorageMegabytes(megabytes)
        .addAllFeatures(features)
        .build();
  }

  private static List<TierFeature> and(List<TierFeature> lesser, TierFeature... more) {
    return Stream.concat(lesser.stream(), Stream.of(more)).toList();
  }
}
