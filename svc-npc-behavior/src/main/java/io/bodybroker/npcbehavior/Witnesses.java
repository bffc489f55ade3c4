package io.bodybroker.npcbehavior;

import io.bodybroker.bodybrokerintegration.v1.Corpse;
import io.bodybroker.bodybrokerintegration.v1.KillRecorded;
import io.bodybroker.npcbehavior.mind.Mind;
import io.bodybroker.npcbehavior.mind.Mind.Encounter;
import io.bodybroker.npcbehavior.v1.InteractionKind;
import io.bodybroker.sdk.event.Delivery;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.InstantSource;

/**
 * Those who see somebody killed where they live, and remember who did it, each once.
 *
 * <p>Thread-safe.
 */
final class Witnesses {
  /** How many of a zone see it. */
  static final int MOST = 100;

  private final Npcs npcs;
  private final Homes homes;
  private final InstantSource time;

  Witnesses(Npcs npcs, Homes homes, InstantSource time) {
    this.npcs = npcs;
    this.homes = homes;
    this.time = time;
  }

  void saw(KillRecorded event, Delivery delivery) {
    var corpse = event.getCorpse();
    if (!event.getWitnessed() || corpse.getZoneId().isEmpty()) {
      return;
    }
    var encounter =
        Encounter.usual(
            event.getPlayerId(),
            InteractionKind.WITNESSED_KILL,
            "saw them kill " + corpse.getTargetId(),
            ProtoTimes.instant(event.getRecordedAt()));
    homes.residents(corpse.getWorldId(), corpse.getZoneId()).stream()
        .filter(npc -> !npc.equals(corpse.getTargetId()) && !npc.equals(event.getPlayerId()))
        .filter(npc -> livesThere(npcs.read(npc), corpse))
        .limit(MOST)
        .forEach(npc -> npcs.change(npc, delivery, time.instant(), mind -> mind.after(encounter)));
  }

  private static boolean livesThere(Mind mind, Corpse corpse) {
    return mind.personality().getWorldId().equals(corpse.getWorldId())
        && mind.personality().getZoneId().equals(corpse.getZoneId());
  }
}
