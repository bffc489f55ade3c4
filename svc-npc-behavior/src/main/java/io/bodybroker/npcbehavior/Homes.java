package io.bodybroker.npcbehavior;

import io.bodybroker.npcbehavior.state.v1.StoredHome;
import io.bodybroker.npcbehavior.v1.Personality;
import io.bodybroker.sdk.store.Store;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who lives in which zone: an index of what the NPCs' own documents say. An entry is made before an
 * NPC moves in and removed after it has moved out. Of two moves at once, one may remove what the
 * other has made; so each makes its entry again when it is written, and again, of where the NPC
 * lives by then, when it has removed one. Thus none is missing when the moves are over; one may be
 * left over, and who uses it looks at the NPC.
 *
 * <p>Thread-safe.
 */
final class Homes {
  private final Store<StoredHome> store;

  Homes(Store<StoredHome> store) {
    this.store = store;
  }

  /** Before an NPC is described so. */
  void movingIn(String npcId, Personality personality) {
    if (isHome(personality)) {
      store.update(key(personality, npcId), old -> old.orElse(StoredHome.getDefaultInstance()));
    }
  }

  /**
   * After an NPC that was described so is described otherwise.
   *
   * @param stored reads how it is described by now
   */
  void moved(String npcId, Personality before, Personality now, Supplier<Personality> stored) {
    if (key(before, npcId).equals(key(now, npcId))) {
      return;
    }
    movingIn(npcId, now);
    if (isHome(before)) {
      store.delete(key(before, npcId));
      movingIn(npcId, stored.get());
    }
  }

  /** Who lives in a zone, or did a moment ago, by id. */
  List<String> residents(String world, String zone) {
    var prefix = world + "/" + zone + "/";
    return store.list(prefix).stream().map(home -> home.key().substring(prefix.length())).toList();
  }

  private static boolean isHome(Personality personality) {
    return !personality.getZoneId().isEmpty();
  }

  private static String key(Personality personality, String npcId) {
    return personality.getWorldId() + "/" + personality.getZoneId() + "/" + npcId;
  }
}
