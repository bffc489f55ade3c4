package io.bodybroker.worldstate;

import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.worldstate.state.v1.StoredEntity;
import io.bodybroker.worldstate.v1.ListEntitiesRequest;
import io.bodybroker.worldstate.v1.ListEntitiesResponse;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Reads entities; nothing else of this service does. Thread-safe. */
final class Entities {
  static final int DEFAULT_PAGE_SIZE = 50;

  /** What a page has at most, in bytes, so that an answer stays far below what NATS takes. */
  static final int MAX_PAGE_BYTES = 512 * 1024;

  private final Store<StoredEntity> documents;
  private final LiveEntities live;

  Entities(Store<StoredEntity> documents, LiveEntities live) {
    this.documents = documents;
    this.live = live;
  }

  /** An entity as it is; it sees every write that was acknowledged before. */
  EntityDocument get(EntityKey key) {
    return EntityDocument.of(documents.get(key.key()).map(Versioned::value));
  }

  /** An entity as it was at a version or has been since. */
  EntityDocument get(EntityKey key, long minVersion) {
    return EntityDocument.of(
        documents
            .get(key.key(), stored -> stored.getEntity().getVersion() >= minVersion)
            .map(Versioned::value));
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

  /** All there are in a world, by id, as recent as a position of the store or more so. */
  private Collection<StoredEntity> byId(ListEntitiesRequest request) {
    String worldId = request.getWorldId();
    return request.hasMinPosition()
        ? live.byId(worldId, request.getMinPosition()).orElseGet(() -> committed(worldId))
        : committed(worldId);
  }

  private Collection<StoredEntity> committed(String worldId) {
    List<Versioned<StoredEntity>> all = documents.list(EntityKey.prefix(worldId));
    live.expect(worldId, all.stream().mapToLong(Versioned::version).max().orElse(0));
    return all.stream()
        .map(Versioned::value)
        .sorted(Comparator.comparing(stored -> stored.getEntity().getEntityId()))
        .toList();
  }

  /** The page of a list. */
  ListEntitiesResponse page(ListEntitiesRequest request) {
    var filter = EntityFilter.of(request);
    int room = request.getPageSize() == 0 ? DEFAULT_PAGE_SIZE : request.getPageSize();
    var page = ListEntitiesResponse.newBuilder();
    int matching = 0;
    int bytes = 0;
    boolean isFull = false;
    for (StoredEntity stored : byId(request)) {
      var entity = stored.getEntity();
      if (stored.getDeleted() || !filter.matches(entity)) {
        continue;
      }
      matching++;
      if (isFull || entity.getEntityId().compareTo(request.getPageToken()) <= 0) {
        continue;
      }
      bytes += entity.getSerializedSize();
      if (page.getEntitiesCount() > 0
          && (page.getEntitiesCount() == room || bytes > MAX_PAGE_BYTES)) {
        page.setNextPageToken(page.getEntities(page.getEntitiesCount() - 1).getEntityId());
        isFull = true;
      } else {
        page.addEntities(entity);
      }
    }
    return page.setTotalSize(matching).build();
  }
}
