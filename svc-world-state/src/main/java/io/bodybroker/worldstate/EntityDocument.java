package io.bodybroker.worldstate;

import com.google.protobuf.Timestamp;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.v1.AppliedCalls;
import io.bodybroker.worldstate.state.v1.StoredEntity;
import io.bodybroker.worldstate.v1.Entity;
import io.bodybroker.worldstate.v1.EntityChange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An entity at one version: never made (version 0), there, or deleted. Every commit makes the next
 * version, a deletion as well, and a deleted entity keeps its version, so that no version ever
 * stands for two contents.
 *
 * @param stored the entity as stored
 */
record EntityDocument(StoredEntity stored) {
  /** How many calls an entity that is there remembers. */
  static final int CALLS_KEPT = 16;

  static EntityDocument of(Optional<StoredEntity> stored) {
    return new EntityDocument(stored.orElse(StoredEntity.getDefaultInstance()));
  }

  long version() {
    return entity().getVersion();
  }

  /** Whether there is one, be it without properties. */
  boolean exists() {
    return version() > 0 && !stored.getDeleted();
  }

  /** What there is; empty if there is none. */
  Entity entity() {
    return stored.getEntity();
  }

  /**
   * The next version, with an update.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if it cannot be so
   */
  EntityDocument next(EntityKey key, EntityChangeRequest update, Timestamp now) {
    Entity before = exists() ? entity() : Entity.getDefaultInstance();
    var next = update.apply(before).toBuilder().setWorldId(key.worldId());
    next.setEntityId(key.entityId()).setVersion(version() + 1).setUpdatedAt(now);
    if (!exists()) {
      next.setCreatedAt(now);
    }
    return told(
        StoredEntity.newBuilder().setEntity(next),
        exists() ? EntityChange.UPDATED : EntityChange.CREATED);
  }

  /** The next version, of which only what it was is left, and no call but the last. */
  EntityDocument deleted(Timestamp now) {
    var next = entity().toBuilder().clearProperties();
    next.setVersion(version() + 1).setUpdatedAt(now);
    var told =
        told(StoredEntity.newBuilder().setEntity(next).setDeleted(true), EntityChange.DELETED);
    var calls = told.stored().getAppliedCalls().getCallsList();
    var last = calls.subList(Math.max(0, calls.size() - 1), calls.size());
    return new EntityDocument(
        told.stored().toBuilder()
            .setAppliedCalls(AppliedCalls.newBuilder().addAllCalls(last))
            .build());
  }

  /** How many calls it remembers: it is there to stay if it was deleted. */
  int callsKept() {
    return stored.getDeleted() ? 1 : CALLS_KEPT;
  }

  /** With what it changed, for its event. */
  private EntityDocument told(StoredEntity.Builder next, EntityChange change) {
    return new EntityDocument(
        next.setChange(change)
            .addAllChangedProperties(changed(next.getEntity()))
            .setAppliedCalls(stored.getAppliedCalls())
            .build());
  }

  /** The properties that are not as they were, sorted. */
  private List<String> changed(Entity next) {
    var old = entity().getProperties().getFieldsMap();
    var now = next.getProperties().getFieldsMap();
    var names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    names.removeIf(name -> Objects.equals(old.get(name), now.get(name)));
    return List.copyOf(names);
  }

  /** An error that tells the version there is. */
  ServiceException error(ErrorCode code, String message) {
    return ServiceException.builder(code, message).detail("current_version", version()).build();
  }

  ServiceException notFound(EntityKey key) {
    return error(ErrorCode.NOT_FOUND, "there is no " + key);
  }
}
