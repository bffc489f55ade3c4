package io.bodybroker.settings;

import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.settings.policy.ContentProfiles;
import io.bodybroker.settings.policy.Tiers;
import io.bodybroker.settings.state.v1.StoredPlayer;
import io.bodybroker.settings.v1.ContentLevels;
import io.bodybroker.settings.v1.ContentPolicy;
import io.bodybroker.settings.v1.ContentProfile;
import io.bodybroker.settings.v1.ContentSession;
import io.bodybroker.settings.v1.Tier;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The tiers and content policies of players, one document a player.
 *
 * <p>Thread-safe.
 */
final class Players {
  /** How many sessions a player's document keeps. */
  static final int SESSIONS_KEPT = 16;

  private final Store<StoredPlayer> store;
  private final InstantSource time;

  Players(Store<StoredPlayer> store, InstantSource time) {
    this.store = store;
    this.time = time;
  }

  Tier tier(String player) {
    return Tiers.effective(read(player).getTier());
  }

  void setTier(String player, Tier tier) {
    store.update(
        player,
        current -> {
          var old = orNew(current);
          return old.getTier() == tier ? old : old.toBuilder().setTier(tier).build();
        });
  }

  /**
   * What a player has chosen, and what follows.
   *
   * @throws ServiceException {@code NOT_FOUND} if there is no such profile
   */
  ContentPolicy policy(String player, ContentProfiles profiles) {
    return policy(read(player), profiles);
  }

  /**
   * Chooses.
   *
   * @throws ServiceException {@code NOT_FOUND} if there is no such profile; nothing is chosen
   */
  ContentPolicy choose(
      String player, String profileId, ContentLevels overrides, ContentProfiles profiles) {
    require(profiles, profileId);
    var stored =
        store.update(
            player,
            current -> {
              var old = orNew(current);
              return old.getProfileId().equals(profileId) && old.getOverrides().equals(overrides)
                  ? old
                  : old.toBuilder().setProfileId(profileId).setOverrides(overrides).build();
            });
    return policy(stored.value(), profiles);
  }

  /** The session, frozen now unless it has begun. */
  ContentSession begin(String player, String sessionId, ContentProfiles profiles) {
    var now = ProtoTimes.timestamp(time.instant());
    var stored =
        store.update(
            player,
            current -> {
              var old = orNew(current);
              if (session(old, sessionId).isPresent()) {
                return old;
              }
              var session =
                  ContentSession.newBuilder()
                      .setSessionId(sessionId)
                      .setLevels(policy(old, profiles).getLevels())
                      .setPolicyVersion(old.getPolicyVersion() + 1)
                      .setBeganAt(now)
                      .build();
              return with(old, session);
            });
    return session(stored.value(), sessionId).orElseThrow();
  }

  /**
   * A session that has begun.
   *
   * @throws ServiceException {@code NOT_FOUND} if it has not, or is forgotten
   */
  ContentSession session(String player, String sessionId) {
    return session(read(player), sessionId)
        .orElseThrow(() -> ServiceException.notFound("content session", sessionId));
  }

  private static StoredPlayer with(StoredPlayer old, ContentSession session) {
    var sessions = old.getSessionsList();
    return old.toBuilder()
        .setPolicyVersion(session.getPolicyVersion())
        .clearSessions()
        .addAllSessions(
            sessions.subList(Math.max(0, sessions.size() - SESSIONS_KEPT + 1), sessions.size()))
        .addSessions(session)
        .build();
  }

  private static Optional<ContentSession> session(StoredPlayer player, String sessionId) {
    return player.getSessionsList().stream()
        .filter(session -> session.getSessionId().equals(sessionId))
        .findFirst();
  }

  private static ContentPolicy policy(StoredPlayer player, ContentProfiles profiles) {
    var profile = require(profiles, player.getProfileId());
    return ContentPolicy.newBuilder()
        .setProfileId(profile.getProfileId())
        .setOverrides(player.getOverrides())
        .setLevels(ContentProfiles.effective(profile, player.getOverrides()))
        .build();
  }

  private static ContentProfile require(ContentProfiles profiles, String profileId) {
    return profiles
        .find(profileId)
        .orElseThrow(() -> ServiceException.notFound("content profile", profileId));
  }

  private StoredPlayer read(String player) {
    return orNew(store.get(player).map(found -> found.value()));
  }

  private static StoredPlayer orNew(Optional<StoredPlayer> found) {
    return found.orElse(StoredPlayer.getDefaultInstance());
  }
}
