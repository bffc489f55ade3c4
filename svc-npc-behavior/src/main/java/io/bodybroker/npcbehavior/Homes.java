package io.bodybroker.npcbehavior;

import io.bodybroker.npcbehavior.state.v1.StoredHome;
import io.bodybroker.npcbehavior.v1.Personality;
import io.bodybroker.sdk.store.Store;
import java.util.List;

/**
 * Who lives in which zone: an index of what the NPCs' own documents say. An entry is made before an
 * NPC moves in and removed after it has moved out, so none is missing; one may be left over, and
 * who uses it looks at the NPC.
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

  /** After an NPC that was described so is described otherwise. */
  void movedOut(String npcId, Personality before, Personality now) {
    if (isHome(before) && !key(before, npcId).equals(key(now, npcId))) {
      store.delete(key(before, npcId));
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
