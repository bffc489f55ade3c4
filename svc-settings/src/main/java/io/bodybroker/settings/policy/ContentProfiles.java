package io.bodybroker.settings.policy;

import io.bodybroker.settings.v1.ContentLevels;
import io.bodybroker.settings.v1.ContentProfile;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content profiles there are: the built-in ones and those that operators made, which may take
 * the place of one that is built in.
 *
 * <p>Immutable.
 */
public final class ContentProfiles {
  /** The profile of who has chosen none. */
  public static final String STANDARD = "standard";

  private static final List<ContentProfile> BUILT_IN =
      List.of(
          builtIn("mild", 1, "Little of everything; for the young and the careful."),
          builtIn(STANDARD, 2, "Some of everything, as the game is meant."),
          builtIn("full", 4, "All there is."));

  private final SortedMap<String, ContentProfile> byId = new TreeMap<>();

  /** The built-in profiles and these. */
  public ContentProfiles(Collection<ContentProfile> made) {
    BUILT_IN.forEach(profile -> byId.put(profile.getProfileId(), profile));
    made.forEach(profile -> byId.put(profile.getProfileId(), profile));
  }

  /** By profile_id. */
  public Collection<ContentProfile> all() {
    return byId.values();
  }

  /** The profile of this name; the empty one means {@value #STANDARD}. */
  public Optional<ContentProfile> find(String profileId) {
    return Optional.ofNullable(byId.get(profileId.isEmpty() ? STANDARD : profileId));
  }

  /** Levels with a level for each category; one that is left out has 0. */
  public static ContentLevels complete(ContentLevels levels) {
    return all(0).toBuilder().mergeFrom(levels).build();
  }

  /** What is in effect: a profile's levels, but for those that are overridden. */
  public static ContentLevels effective(ContentProfile profile, ContentLevels overrides) {
    return complete(profile.getLevels()).toBuilder().mergeFrom(overrides).build();
  }

  private static ContentProfile builtIn(String id, int level, String description) {
    return ContentProfile.newBuilder()
        .setProfileId(id)
        .setLevels(all(level))
        .setDescription(description)
        .setBuiltIn(true)
        .build();
  }

  private static ContentLevels all(int level) {
    return ContentLevels.newBuilder()
        .setViolenceGore(level)
        .setSexualContentNudity(level)
        .setLanguageProfanity(level)
        .setHorrorIntensity(level)
        .setDrugsSubstances(level)
        .setSensitiveThemes(level)
        .setMoralComplexity(level)
        .build();
  }
}
