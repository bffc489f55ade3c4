package io.bodybroker.worldstate;

import com.google.protobuf.Timestamp;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.idempotency.IdempotentCall;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.worldstate.state.v1.StoredEntity;
import io.bodybroker.worldstate.v1.BatchFailure;
import io.bodybroker.worldstate.v1.BatchResult;
import io.bodybroker.worldstate.v1.BatchUpdate;
import io.bodybroker.worldstate.v1.BatchUpdateEntitiesRequest;
import io.bodybroker.worldstate.v1.BatchUpdateEntitiesResponse;
import io.bodybroker.worldstate.v1.DeleteEntityRequest;
import io.bodybroker.worldstate.v1.UpdateEntityResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * Commits versions of entities: decides on what there is, and writes if nobody was faster. The
 * event of a version is made of it by the store's feed. Thread-safe.
 */
final class EntityCommits {
  /** How many entities a world has at most, with those that were deleted. */
  static final int MAX_ENTITIES = 20_000;

  private final Store<StoredEntity> documents;
  private final LiveEntities live;
  private final InstantSource time;

  EntityCommits(Store<StoredEntity> documents, LiveEntities live, InstantSource time) {
    this.documents = documents;
    this.live = live;
    this.time = time;
  }

  /** Commits an update. */
  UpdateEntityResponse update(EntityKey key, EntityChangeRequest update, IdempotentCall call) {
    return commit(
        key,
        call,
        document -> {
          update.require(key, document);
          if (document.version() == 0) {
            requireRoom(key.worldId());
          }
          return document.next(key, update, now());
        });
  }

  /**
   * Lists and readers go through all there are. What is known of them is a moment late, so there
   * may be a few more.
   */
  private void requireRoom(String worldId) {
    if (live.count(worldId) >= MAX_ENTITIES) {
      throw ServiceException.builder(
              ErrorCode.RESOURCE_EXHAUSTED,
              "world \"%s\" has %d entities, with those that were deleted: as many as it can"
                  .formatted(worldId, MAX_ENTITIES))
          .mayHaveExecuted(false)
          .build();
    }
  }

  /** Commits a deletion. */
  UpdateEntityResponse delete(DeleteEntityRequest request, IdempotentCall call) {
    var key = new EntityKey(request.getWorldId(), request.getEntityId());
    return commit(
        key,
        call,
        document -> {
          if (!document.exists()) {
            throw document.notFound(key);
          }
          if (request.hasExpectedVersion()) {
            EntityVersions.require(request.getExpectedVersion(), key, document);
          }
          return document.deleted(now());
        });
  }

  /**
   * Commits many updates, each for itself; nothing is written if one of them could be no update of
   * any entity.
   */
  BatchUpdateEntitiesResponse update(BatchUpdateEntitiesRequest request, IdempotentCall call) {
    List<EntityChangeRequest> updates = checked(request);
    var answer = BatchUpdateEntitiesResponse.newBuilder();
    for (int i = 0; i < updates.size(); i++) {
      var key = new EntityKey(request.getWorldId(), request.getUpdates(i).getEntityId());
      answer.addResults(result(key, updates.get(i), call));
    }
    return answer.build();
  }

  private static List<EntityChangeRequest> checked(BatchUpdateEntitiesRequest request) {
    var seen = new HashSet<String>();
    var updates = new ArrayList<EntityChangeRequest>();
    for (int i = 0; i < request.getUpdatesCount(); i++) {
      BatchUpdate each = request.getUpdates(i);
      if (!seen.add(each.getEntityId())) {
        throw ServiceException.invalidArgument(
            "updates[" + i + "].entity_id", each.getEntityId(), "each entity once");
      }
      updates.add(new EntityChangeRequest(each.getUpdate(), "updates[" + i + "].update"));
    }
    return updates;
  }

  private BatchResult result(EntityKey key, EntityChangeRequest update, IdempotentCall call) {
    var result = BatchResult.newBuilder().setEntityId(key.entityId());
    try {
      return result.setCommitted(update(key, update, call)).build();
    } catch (ServiceException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e; // nobody waits for the rest
      }
      var failure = BatchFailure.newBuilder().setCode(e.code().name()).setMessage(e.message());
      String version = e.details().getOrDefault("current_version", "0");
      return result.setFailed(failure.setCurrentVersion(Long.parseLong(version))).build();
    }
  }

  /**
   * Commits the next version, unless the call is a repeat; then nothing is written and the answer
   * is that of the first time.
   */
  private UpdateEntityResponse commit(
      EntityKey key, IdempotentCall call, UnaryOperator<EntityDocument> next) {
    // The change runs at least once, and the last run is the one that is written.
    var answer = new AtomicReference<UpdateEntityResponse>();
    documents.update(
        key.key(),
        current -> {
          var before = EntityDocument.of(current);
          var earlier =
              call.answer(
                  before.stored().getAppliedCalls(), UpdateEntityResponse.getDefaultInstance());
          if (earlier.isPresent()) {
            answer.set(earlier.get());
            return before.stored();
          }
          var after = next.apply(before);
          answer.set(
              UpdateEntityResponse.newBuilder()
                  .setVersion(after.version())
                  .setUpdatedAt(after.entity().getUpdatedAt())
                  .build());
          var calls =
              call.remember(after.stored().getAppliedCalls(), answer.get(), after.callsKept());
          return after.stored().toBuilder().setAppliedCalls(calls).build();
        });
    return answer.get();
  }

  private Timestamp now() {
    return ProtoTimes.timestamp(time.instant());
  }
}
