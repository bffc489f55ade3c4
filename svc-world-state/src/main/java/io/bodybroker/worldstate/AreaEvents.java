package io.bodybroker.worldstate;

import com.google.protobuf.Message;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.worldstate.state.v1.StoredArea;
import io.bodybroker.worldstate.v1.WorldStateChanged;
import java.util.List;
import java.util.Optional;

/** Which event a revision of an area is: what it says that it changed. */
final class AreaEvents {
  /** What the store's change feed makes of each revision. */
  static final FeedSpec<StoredArea> FEED =
      new FeedSpec<>(List.of(WorldStateChanged.getDefaultInstance()), AreaEvents::of);

  private AreaEvents() {}

  private static Optional<Message> of(Change<StoredArea> change) {
    return switch (change) {
      case Change.Put<StoredArea> put when put.value().hasChange() ->
          Optional.of(put.value().getChange());
      case Change.Put<StoredArea> put -> Optional.empty();
      case Change.Deleted<StoredArea> deleted -> Optional.empty();
    };
  }
}
