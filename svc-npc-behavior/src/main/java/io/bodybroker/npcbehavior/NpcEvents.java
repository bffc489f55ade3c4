package io.bodybroker.npcbehavior;

import com.google.protobuf.Message;
import io.bodybroker.npcbehavior.state.v1.StoredNpc;
import io.bodybroker.npcbehavior.v1.BehaviorPlanned;
import io.bodybroker.npcbehavior.v1.InteractionRecorded;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.store.Change;
import java.util.List;
import java.util.Optional;

/** Which event a revision of an NPC is: a plan, an interaction, or none. */
final class NpcEvents {
  /** What the store's change feed makes of each revision. */
  static final FeedSpec<StoredNpc> FEED =
      new FeedSpec<>(
          List.of(BehaviorPlanned.getDefaultInstance(), InteractionRecorded.getDefaultInstance()),
          NpcEvents::of);

  private NpcEvents() {}

  private static Optional<Message> of(Change<StoredNpc> change) {
    return switch (change) {
      case Change.Put<StoredNpc> put ->
          switch (put.value().getEventCase()) {
            case PLANNED -> Optional.of(put.value().getPlanned());
            case RECORDED -> Optional.of(put.value().getRecorded());
            case EVENT_NOT_SET -> Optional.empty();
          };
      // What only an operator can do.
      case Change.Deleted<StoredNpc> deleted -> Optional.empty();
    };
  }
}
