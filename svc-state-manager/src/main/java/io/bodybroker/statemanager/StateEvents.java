package io.bodybroker.statemanager;

import com.google.protobuf.Message;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.statemanager.state.v1.StoredState;
import io.bodybroker.statemanager.v1.EntityStateUpdated;
import io.bodybroker.statemanager.v1.PlayerStateUpdated;
import java.util.List;
import java.util.Optional;

/** Which event a version of a document is: each has one. */
final class StateEvents {
  /** What the store's change feed makes of each revision. */
  static final FeedSpec<StoredState> FEED =
      new FeedSpec<>(
          List.of(PlayerStateUpdated.getDefaultInstance(), EntityStateUpdated.getDefaultInstance()),
          StateEvents::of);

  private StateEvents() {}

  /** None for what only an operator can do: a document that is gone, version and all. */
  private static Optional<Message> of(Change<StoredState> change) {
    return switch (change) {
      case Change.Put<StoredState> put -> Optional.of(event(Target.ofKey(put.key()), put.value()));
      case Change.Deleted<StoredState> deleted -> Optional.empty();
    };
  }

  private static Message event(Target target, StoredState stored) {
    return switch (target.kind()) {
      case PLAYER ->
          PlayerStateUpdated.newBuilder()
              .setPlayerId(target.id())
              .setVersion(stored.getVersion())
              .setChange(stored.getChange())
              .addAllChangedKeys(stored.getChangedKeysList())
              .setUpdatedAt(stored.getUpdatedAt())
              .build();
      case ENTITY ->
          EntityStateUpdated.newBuilder()
              .setEntityId(target.id())
              .setVersion(stored.getVersion())
              .setChange(stored.getChange())
              .addAllChangedKeys(stored.getChangedKeysList())
              .setUpdatedAt(stored.getUpdatedAt())
              .build();
    };
  }
}
