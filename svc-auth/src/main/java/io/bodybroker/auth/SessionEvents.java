package io.bodybroker.auth;

import com.google.protobuf.Message;
import io.bodybroker.auth.state.v1.StoredSession;
import io.bodybroker.auth.state.v1.StoredSessions;
import io.bodybroker.auth.v1.SessionCreated;
import io.bodybroker.auth.v1.SessionRevoked;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.store.Change;
import java.util.ArrayList;
import java.util.List;

/** Which events a revision of a player's sessions is: of those that ended, then of one begun. */
final class SessionEvents {
  /** What the store's change feed makes of each revision. */
  static final FeedSpec<StoredSessions> FEED =
      FeedSpec.ofSeveral(
          List.of(SessionCreated.getDefaultInstance(), SessionRevoked.getDefaultInstance()),
          SessionEvents::of);

  private SessionEvents() {}

  private static List<Message> of(Change<StoredSessions> change) {
    return switch (change) {
      case Change.Put<StoredSessions> put -> events(put.value());
      case Change.Deleted<StoredSessions> deleted -> List.of();
    };
  }

  private static List<Message> events(StoredSessions stored) {
    var events = new ArrayList<Message>();
    stored
        .getRevocationsList()
        .forEach(ended ->
            events.add(
                SessionRevoked.newBuilder()
                    .setPlayerId(stored.getPlayerId())
                    .setSessionId(ended.getSessionId())
                    .setReason(ended.getReason())
                    .setRevokedAt(ended.getRevokedAt())
                    .build()));
    stored.getSessionsList().stream()
        .filter(session -> session.getSessionId().equals(stored.getBegunSessionId()))
        .forEach(session -> events.add(created(stored.getPlayerId(), session)));
    return events;
  }

  private static SessionCreated created(String playerId, StoredSession session) {
    return SessionCreated.newBuilder()
        .setPlayerId(playerId)
        .setSessionId(session.getSessionId())
        .setClient(session.getClient())
        .setCreatedAt(session.getCreatedAt())
        .setExpiresAt(session.getExpiresAt())
        .build();
  }
}
