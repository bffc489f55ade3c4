package io.bodybroker.worldstate;

import io.bodybroker.sdk.rpc.ResponseWriter;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.worldstate.state.v1.StoredEntity;
import io.bodybroker.worldstate.v1.WatchEntitiesRequest;
import io.bodybroker.worldstate.v1.WatchEntitiesResponse;
import io.bodybroker.worldstate.v1.WatchKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells one reader of the entities of a world. Its place is a version of the store, which counts
 * over all entities: what was written after it, deletions as well, is what the reader lacks. What
 * is left of a deleted entity stays in the store, so no place is ever too old; one that the store
 * has not come to yet is of another store, and then the reader begins anew.
 *
 * @param entities what there is
 * @param live what comes
 */
record EntityWatch(Entities entities, LiveEntities live) {
  /** Tells until the reader is gone. */
  void run(WatchEntitiesRequest request, ResponseWriter<WatchEntitiesResponse> responses)
      throws InterruptedException {
    var filter = EntityFilter.of(request);
    try (var follower = live.follow(request.getWorldId())) {
      // Read after it is followed: nothing falls in between, and what comes twice is told once.
      List<Versioned<StoredEntity>> there = entities.inOrderOfWrites(request.getWorldId());
      long last = there.isEmpty() ? 0 : there.getLast().version();
      boolean isResumed = request.getAfter() > 0 && request.getAfter() <= last;
      var reader = new Reader(filter, responses, isResumed ? request.getAfter() : 0, isResumed);
      if (!isResumed) {
        reader.say(WatchKind.RESET);
      }
      there.forEach(reader::tell);
      reader.say(WatchKind.COMPLETE);
      while (true) {
        follower.await();
        follower.after(reader.position).forEach(reader::tell);
      }
    }
  }

  /** What one reader was told. */
  private static final class Reader {
    private final EntityFilter filter;
    private final ResponseWriter<WatchEntitiesResponse> responses;

    /** Whether it had some before, and nobody knows which. */
    private final boolean mayHaveOthers;

    /** Those it has; if it may have others, those it has not. */
    private final Set<String> told = new HashSet<>();

    private long position;

    Reader(
        EntityFilter filter,
        ResponseWriter<WatchEntitiesResponse> responses,
        long position,
        boolean mayHaveOthers) {
      this.filter = filter;
      this.responses = responses;
      this.position = position;
      this.mayHaveOthers = mayHaveOthers;
    }

    void say(WatchKind kind) {
      responses.send(
          WatchEntitiesResponse.newBuilder().setPosition(position).setKind(kind).build());
    }

    void tell(Versioned<StoredEntity> versioned) {
      if (versioned.version() <= position) {
        return;
      }
      position = versioned.version();
      var stored = versioned.value();
      var entity = stored.getEntity();
      var message = WatchEntitiesResponse.newBuilder().setPosition(position);
      if (!stored.getDeleted() && filter.matches(entity)) {
        learn(entity.getEntityId());
        responses.send(message.setKind(WatchKind.PRESENT).setEntity(entity).build());
      } else if (forget(entity.getEntityId())) {
        responses.send(message.setKind(WatchKind.GONE).setEntityId(entity.getEntityId()).build());
      }
    }

    private void learn(String entityId) {
      if (mayHaveOthers) {
        told.remove(entityId);
      } else {
        told.add(entityId);
      }
    }

    /** Returns whether it had it, or may have. */
    private boolean forget(String entityId) {
      return mayHaveOthers ? told.add(entityId) : told.remove(entityId);
    }
  }
}
