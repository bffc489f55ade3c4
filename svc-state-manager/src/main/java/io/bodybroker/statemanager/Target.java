package io.bodybroker.statemanager;

import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.statemanager.v1.DeleteStateRequest;
import io.bodybroker.statemanager.v1.GetStateRequest;
import io.bodybroker.statemanager.v1.IncrementCounterRequest;
import io.bodybroker.statemanager.v1.UpdateStateRequest;
import io.bodybroker.statemanager.v1.WatchStateRequest;

/** Whose document. */
record Target(Kind kind, String id) {
  /** What has documents. */
  enum Kind {
    PLAYER,
    ENTITY
  }

  static Target of(GetStateRequest request) {
    return of(request.getPlayerId(), request.getEntityId());
  }

  static Target of(WatchStateRequest request) {
    return of(request.getPlayerId(), request.getEntityId());
  }

  static Target of(UpdateStateRequest request) {
    return of(request.getPlayerId(), request.getEntityId());
  }

  static Target of(DeleteStateRequest request) {
    return of(request.getPlayerId(), request.getEntityId());
  }

  static Target of(IncrementCounterRequest request) {
    return of(request.getPlayerId(), request.getEntityId());
  }

  /** Of the two at most one is set, and the contract has checked its form. */
  private static Target of(String playerId, String entityId) {
    if (playerId.isEmpty() && entityId.isEmpty()) {
      throw ServiceException.invalidArgument("target", "", "a player_id or an entity_id");
    }
    return playerId.isEmpty()
        ? new Target(Kind.ENTITY, entityId)
        : new Target(Kind.PLAYER, playerId);
  }

  /** Whose document is stored under a key. */
  static Target ofKey(String key) {
    int end = key.indexOf('/');
    String id = key.substring(end + 1);
    return key.startsWith("player/") ? new Target(Kind.PLAYER, id) : new Target(Kind.ENTITY, id);
  }

  /** Where the document is stored. */
  String key() {
    return word() + "/" + id;
  }

  /** {@code player} or {@code entity}. */
  String word() {
    return switch (kind) {
      case PLAYER -> "player";
      case ENTITY -> "entity";
    };
  }
}
