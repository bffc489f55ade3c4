package io.bodybroker.worldstate;

import com.google.protobuf.Struct;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.worldstate.v1.EntityType;
import io.bodybroker.worldstate.v1.EntityUpdate;
import io.bodybroker.worldstate.v1.UpdateEntityRequest;
import io.bodybroker.worldstate.v1.UpdateMode;
import java.time.Duration;
import java.util.List;

/** Calls as tests make them. */
final class Calls {
  static final String WORLD = "veridian";

  private Calls() {}

  /** A call with an idempotency key; empty for none. */
  static CallContext call(String key) {
    var metadata = CallMetadata.builder();
    if (!key.isEmpty()) {
      metadata.idempotencyKey(key);
    }
    return CallContext.of(metadata.build(), Duration.ofSeconds(2));
  }

  static EntityUpdate.Builder replace(Struct properties, String... tags) {
    return EntityUpdate.newBuilder()
        .setMode(UpdateMode.REPLACE)
        .setType(EntityType.NPC)
        .setProperties(properties)
        .addAllTags(List.of(tags));
  }

  static EntityUpdate.Builder merge(Struct properties, String... tags) {
    return EntityUpdate.newBuilder()
        .setMode(UpdateMode.MERGE)
        .setProperties(properties)
        .addAllTags(List.of(tags));
  }

  static UpdateEntityRequest update(String entity, EntityUpdate.Builder update) {
    return UpdateEntityRequest.newBuilder()
        .setWorldId(WORLD)
        .setEntityId(entity)
        .setUpdate(update)
        .build();
  }
}
