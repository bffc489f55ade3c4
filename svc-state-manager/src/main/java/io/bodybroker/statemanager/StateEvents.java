package io.bodybroker.statemanager;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.Events;
import io.bodybroker.statemanager.v1.EntityStateUpdated;
import io.bodybroker.statemanager.v1.PlayerStateUpdated;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Tells others that a version was committed. */
final class StateEvents {
  private static final Logger LOG = System.getLogger(StateEvents.class.getName());

  private final Events events;

  StateEvents(Events events) {
    this.events = events;
  }

  /**
   * Publishes the event of a version, named by it. The version stays committed if that does not
   * succeed: the caller's write did happen, and to say otherwise would have it done twice.
   */
  void publish(Target target, StateDocument before, StateDocument after) {
    var id = target.word() + ":" + target.id() + ":" + after.version();
    try {
      events.publish(event(target, before, after), id);
    } catch (ServiceException e) {
      LOG.log(Level.WARNING, "event " + id + " was not published", e);
    }
  }

  private static Message event(Target target, StateDocument before, StateDocument after) {
    return switch (target.kind()) {
      case PLAYER ->
          PlayerStateUpdated.newBuilder()
              .setPlayerId(target.id())
              .setVersion(after.version())
              .setChange(after.changeSince(before))
              .addAllChangedKeys(after.changedKeys(before))
              .setUpdatedAt(after.stored().getUpdatedAt())
              .build();
      case ENTITY ->
          EntityStateUpdated.newBuilder()
              .setEntityId(target.id())
              .setVersion(after.version())
              .setChange(after.changeSince(before))
              .addAllChangedKeys(after.changedKeys(before))
              .setUpdatedAt(after.stored().getUpdatedAt())
              .build();
    };
  }
}
