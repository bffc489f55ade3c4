package io.bodybroker.statemanager;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.statemanager.state.v1.StoredState;
import io.bodybroker.statemanager.v1.StateChange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A document at one version: never written (version 0), with content, or deleted. Every commit
 * makes the next version, a deletion as well, and a deleted document keeps its version, so that no
 * version ever stands for two contents.
 *
 * @param stored the document as stored
 */
record StateDocument(StoredState stored) {
  private static final StateDocument NEVER_WRITTEN =
      new StateDocument(StoredState.getDefaultInstance());

  static StateDocument of(Optional<StoredState> stored) {
    return stored.map(StateDocument::new).orElse(NEVER_WRITTEN);
  }

  long version() {
    return stored.getVersion();
  }

  /** Whether there is content, be it {@code {}}. */
  boolean exists() {
    return stored.hasState();
  }

  /** The content; empty if there is none. */
  Struct state() {
    return stored.getState();
  }

  /**
   * The next version, with content.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if it is too large
   */
  StateDocument next(Struct state, Timestamp now) {
    StateRules.checkSize(state);
    return told(new StateDocument(following(now).setState(state).build()));
  }

  /** The next version, without content. */
  StateDocument deleted(Timestamp now) {
    return told(new StateDocument(following(now).clearState().build()));
  }

  /** With what it changed, for its event. */
  private StateDocument told(StateDocument next) {
    return new StateDocument(
        next.stored().toBuilder()
            .setChange(next.changeSince(this))
            .clearChangedKeys()
            .addAllChangedKeys(next.changedKeys(this))
            .build());
  }

  private StoredState.Builder following(Timestamp now) {
    return stored.toBuilder().setVersion(version() + 1).setUpdatedAt(now);
  }

  private StateChange changeSince(StateDocument before) {
    if (!exists()) {
      return StateChange.DELETED;
    }
    return before.exists() ? StateChange.UPDATED : StateChange.CREATED;
  }

  /** The top-level members that are not as they were, sorted. */
  private List<String> changedKeys(StateDocument before) {
    var old = before.state().getFieldsMap();
    var now = state().getFieldsMap();
    var names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    names.removeIf(name -> Objects.equals(old.get(name), now.get(name)));
    return List.copyOf(names);
  }

  /** An error that tells the version there is. */
  ServiceException error(ErrorCode code, String message) {
    return ServiceException.builder(code, message).detail("current_version", version()).build();
  }

  ServiceException notFound(Target target) {
    return error(
        ErrorCode.NOT_FOUND, "%s \"%s\" has no state".formatted(target.word(), target.id()));
  }
}
