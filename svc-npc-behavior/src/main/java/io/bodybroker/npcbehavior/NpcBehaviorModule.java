package io.bodybroker.npcbehavior;

import io.bodybroker.npcbehavior.state.v1.StoredHome;
import io.bodybroker.npcbehavior.state.v1.StoredNpc;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.streams.GameConsumers;

/** Wires npc-behavior. */
public final class NpcBehaviorModule implements ServiceModule {
  @Override
  public void configure(ServiceContext context) {
    var npcs =
        new Npcs(context.durableStore("npcs", StoredNpc.getDefaultInstance(), NpcEvents.FEED));
    var homes = new Homes(context.durableStore("npc-homes", StoredHome.getDefaultInstance()));
    context.serve(new NpcBehavior(npcs, homes, context.clock()));

    var witnesses = new Witnesses(npcs, homes, context.clock());
    context.consume(GameConsumers.NPC_WITNESSES, witnesses::saw);
  }
}
