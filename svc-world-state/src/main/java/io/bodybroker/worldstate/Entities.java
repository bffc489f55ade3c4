package io.bodybroker.worldstate;

import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.worldstate.state.v1.StoredEntity;
import io.bodybroker.worldstate.v1.Entity;
import io.bodybroker.worldstate.v1.ListEntitiesRequest;
import io.bodybroker.worldstate.v1.ListEntitiesResponse;
import java.util.Comparator;
import java.util.List;

/** Reads entities; nothing else of this service does. Thread-safe. */
final class Entities {
  static final int DEFAULT_PAGE_SIZE = 50;

  /** What a page has at most, in bytes, so that an answer stays far below what NATS takes. */
  static final int MAX_PAGE_BYTES = 512 * 1024;

  private final Store<StoredEntity> documents;

  Entities(Store<StoredEntity> documents) {
    this.documents = documents;
  }

  /** An entity as it is; it sees every write that was acknowledged before. */
  EntityDocument get(EntityKey key) {
    return EntityDocument.of(documents.get(key.key()).map(Versioned::value));
  }

  /**
   * All entities of a world and what is left of those that were deleted, in the order in which they
   * were written last. A document's version is its place in that order, over all worlds.
   */
  List<Versioned<StoredEntity>> inOrderOfWrites(String worldId) {
    return documents.list(EntityKey.prefix(worldId)).stream()
        .sorted(Comparator.comparingLong(Versioned::version))
        .toList();
  }

  /** The page of a list. */
  ListEntitiesResponse page(ListEntitiesRequest request) {
    var filter = EntityFilter.of(request);
    List<Entity> matching =
        documents.list(EntityKey.prefix(request.getWorldId())).stream()
            .map(Versioned::value)
            .filter(stored -> !stored.getDeleted())
            .map(StoredEntity::getEntity)
            .filter(filter::matches)
            .sorted(Comparator.comparing(Entity::getEntityId))
            .toList();
    var page = ListEntitiesResponse.newBuilder().setTotalSize(matching.size());
    int room = request.getPageSize() == 0 ? DEFAULT_PAGE_SIZE : request.getPageSize();
    int bytes = 0;
    for (Entity entity : matching) {
      if (entity.getEntityId().compareTo(request.getPageToken()) <= 0) {
        continue;
      }
      bytes += entity.getSerializedSize();
      if (page.getEntitiesCount() > 0
          && (page.getEntitiesCount() == room || bytes > MAX_PAGE_BYTES)) {
        page.setNextPageToken(page.getEntities(page.getEntitiesCount() - 1).getEntityId());
        break;
      }
      page.addEntities(entity);
    }
    return page.build();
  }
}
