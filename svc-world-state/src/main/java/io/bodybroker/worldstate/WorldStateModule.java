package io.bodybroker.worldstate;

import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.streams.GameConsumers;
import io.bodybroker.worldstate.state.v1.StoredArea;
import io.bodybroker.worldstate.state.v1.StoredEntity;

/** Wires world-state: one document an entity, and two for the rest of each world. */
public final class WorldStateModule implements ServiceModule {
  @Override
  public void configure(ServiceContext context) {
    var documents =
        context.durableStore(
            "world-entities", StoredEntity.getDefaultInstance(), EntityEvents.FEED);
    var areas = context.durableStore("worlds", StoredArea.getDefaultInstance(), AreaEvents.FEED);
    var live = new LiveEntities();
    var entities = new Entities(documents, live);
    documents.watch("", live::tell);
    var societies = new Societies(areas, context.clock());
    context.serve(
        new WorldState(
            entities,
            new EntityCommits(documents, live, context.clock()),
            new EntityWatch(entities, live),
            new Flags(areas, context.clock()),
            societies));
    context.consume(GameConsumers.WORLD_DAYS, (day, delivery) -> societies.live(day));
    context.consume(GameConsumers.WORLD_DEALS, societies::supply);
  }
}
