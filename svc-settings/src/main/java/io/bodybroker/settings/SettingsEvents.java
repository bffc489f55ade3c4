package io.bodybroker.settings;

import com.google.protobuf.Message;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.settings.state.v1.StoredSettings;
import io.bodybroker.settings.v1.GameSettingsChanged;
import io.bodybroker.settings.v1.SettingsChanged;
import java.util.List;
import java.util.Optional;

/** Which event a revision of settings is: one that changed a value has one, the others none. */
final class SettingsEvents {
  /** What the store's change feed makes of each revision. */
  static final FeedSpec<StoredSettings> FEED =
      new FeedSpec<>(
          List.of(SettingsChanged.getDefaultInstance(), GameSettingsChanged.getDefaultInstance()),
          SettingsEvents::of);

  private SettingsEvents() {}

  private static Optional<Message> of(Change<StoredSettings> change) {
    return switch (change) {
      case Change.Put<StoredSettings> put when put.value().getChangedKeysCount() > 0 ->
          Optional.of(event(Owner.ofKey(put.key()), put.value()));
      case Change.Put<StoredSettings> put -> Optional.empty();
      // What only an operator can do.
      case Change.Deleted<StoredSettings> deleted -> Optional.empty();
    };
  }

  private static Message event(Owner owner, StoredSettings stored) {
    return switch (owner) {
      case Owner.Player player ->
          SettingsChanged.newBuilder()
              .setPlayerId(player.id())
              .addAllKeys(stored.getChangedKeysList())
              .setVersion(stored.getVersion())
              .build();
      case Owner.Game game ->
          GameSettingsChanged.newBuilder()
              .addAllKeys(stored.getChangedKeysList())
              .setVersion(stored.getVersion())
              .build();
    };
  }
}
