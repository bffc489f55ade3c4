package io.bodybroker.worldstate;

import com.google.protobuf.Message;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.worldstate.state.v1.StoredEntity;
import io.bodybroker.worldstate.v1.EntityUpdated;
import java.util.List;
import java.util.Optional;

/** Which event a version of an entity is: each has one. */
final class EntityEvents {
  /** What the store's change feed makes of each revision. */
  static final FeedSpec<StoredEntity> FEED =
      new FeedSpec<>(List.of(EntityUpdated.getDefaultInstance()), EntityEvents::of);

  private EntityEvents() {}

  /** None for what only an operator can do: an entity that is gone, version and all. */
  private static Optional<Message> of(Change<StoredEntity> change) {
    return switch (change) {
      case Change.Put<StoredEntity> put -> Optional.of(event(put.value()));
      case Change.Deleted<StoredEntity> deleted -> Optional.empty();
    };
  }

  private static EntityUpdated event(StoredEntity stored) {
    var entity = stored.getEntity();
    return EntityUpdated.newBuilder()
        .setWorldId(entity.getWorldId())
        .setEntityId(entity.getEntityId())
        .setType(entity.getType())
        .setVersion(entity.getVersion())
        .setChange(stored.getChange())
        .addAllChangedProperties(stored.getChangedPropertiesList())
        .addAllTags(entity.getTagsList())
        .setUpdatedAt(entity.getUpdatedAt())
        .build();
  }
}
