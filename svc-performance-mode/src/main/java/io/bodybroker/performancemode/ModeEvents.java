package io.bodybroker.performancemode;

import com.google.protobuf.Message;
import io.bodybroker.performancemode.quality.Player;
import io.bodybroker.performancemode.state.v1.StoredPlayer;
import io.bodybroker.performancemode.v1.ModeChanged;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.store.Change;
import java.util.List;
import java.util.Optional;

/** Which event a revision of a player's choice is: one that changes settings has one. */
final class ModeEvents {
  /** What the store's change feed makes of each revision. */
  static final FeedSpec<StoredPlayer> FEED =
      new FeedSpec<>(List.of(ModeChanged.getDefaultInstance()), ModeEvents::of);

  private ModeEvents() {}

  private static Optional<Message> of(Change<StoredPlayer> change) {
    return change instanceof Change.Put<StoredPlayer> put && put.value().hasChange()
        ? Optional.of(event(put.key(), put.value()))
        : Optional.empty();
  }

  private static Message event(String playerId, StoredPlayer stored) {
    return ModeChanged.newBuilder()
        .setPlayerId(playerId)
        .setBefore(stored.getChange().getBefore())
        .setAfter(new Player(stored).settings())
        .setAutomatic(stored.getChange().getAutomatic())
        .setChangedAt(stored.getChangedAt())
        .build();
  }
}
