package com.example.openair;

import com.example.openair.v1.Attendance;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.statemanager.v1.EntityStateUpdated;
import io.bodybroker.statemanager.v1.GetStateRequest;
import io.bodybroker.statemanager.v1.GetStateResponse;
import io.bodybroker.statemanager.v1.PlayerStateUpdated;
import io.bodybroker.statemanager.v1.StateChange;
import io.bodybroker.statemanager.v1.StateManagerClient;
import java.util.List;

/**
 * Who is at which stage: players who watch and entities that play, as member {@code stage} of their
 * documents says.
 *
 * <p>An event says that a document changed; what it is now is asked for. So it does no harm if the
 * event comes again, late, or after a newer one: what is written is what was newest at that time,
 * and its version says how new that is.
 */
final class Audience {
  private static final String STAGE = "stage";

  private final Store<Attendance> attendances;
  private final StateManagerClient states;

  Audience(Store<Attendance> attendances, StateManagerClient states) {
    this.attendances = attendances;
    this.states = states;
  }

  /** Handles a change of a player's document. */
  void follow(PlayerStateUpdated player) {
    if (concernsStage(player.getChange(), player.getChangedKeysList())) {
      var target = GetStateRequest.newBuilder().setPlayerId(player.getPlayerId()).build();
      follow("player/" + player.getPlayerId(), target, player.getVersion());
    }
  }

  /** Handles a change of an entity's document. */
  void follow(EntityStateUpdated entity) {
    if (concernsStage(entity.getChange(), entity.getChangedKeysList())) {
      var target = GetStateRequest.newBuilder().setEntityId(entity.getEntityId()).build();
      follow("entity/" + entity.getEntityId(), target, entity.getVersion());
    }
  }

  private static boolean concernsStage(StateChange change, List<String> changedKeys) {
    return change == StateChange.DELETED || changedKeys.contains(STAGE);
  }

  private void follow(String key, GetStateRequest target, long toldVersion) {
    var now = attendance(target, toldVersion);
    attendances.update(
        key,
        old -> old.filter(attendance -> attendance.getVersion() >= now.getVersion()).orElse(now));
  }

  /** At no stage if there is no document any more, or it does not name one. */
  private Attendance attendance(GetStateRequest target, long toldVersion) {
    try {
      GetStateResponse state = states.getState(target);
      String stage =
          state.getState().getFieldsMap().containsKey(STAGE)
              ? state.getState().getFieldsOrThrow(STAGE).getStringValue()
              : "";
      return Attendance.newBuilder().setStage(stage).setVersion(state.getVersion()).build();
    } catch (ServiceException e) {
      if (e.code() != ErrorCode.NOT_FOUND) {
        throw e; // it comes again after a pause
      }
      return Attendance.newBuilder().setVersion(version(e, toldVersion)).build();
    }
  }

  /** A deletion is a version too, and the error tells which. */
  private static long version(ServiceException notFound, long toldVersion) {
    String current = notFound.details().getOrDefault("current_version", "");
    return current.matches("\\d{1,18}") ? Long.parseLong(current) : toldVersion;
  }
}
