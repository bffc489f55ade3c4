package io.bodybroker.auth;

import io.bodybroker.auth.state.v1.StoredRevocation;
import io.bodybroker.auth.state.v1.StoredSession;
import io.bodybroker.auth.state.v1.StoredSessions;
import io.bodybroker.auth.v1.RevocationReason;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The sessions of one player at one moment. What has expired is not there, whether or not it is
 * still stored.
 *
 * <p>A value that knows no store: each change gives the next book, and what it did, for its events.
 *
 * @param stored the sessions as stored
 * @param now the moment
 */
record SessionBook(StoredSessions stored, Instant now) {
  /** How many sessions a player has at most. */
  static final int MOST = 10;

  /** How much later it may be told when a token was last found valid; so rarely it is written. */
  static final Duration TOUCH = Duration.ofMinutes(1);

  /** The sessions that there are, the oldest first. */
  List<StoredSession> live() {
    return stored.getSessionsList().stream()
        .filter(session -> now.isBefore(ProtoTimes.instant(session.getExpiresAt())))
        .toList();
  }

  /** The session of a token. Looks at each session, found or not. */
  Optional<StoredSession> find(SessionToken token) {
    Optional<StoredSession> found = Optional.empty();
    for (StoredSession session : live()) {
      if (token.isThatOf(session.getSecretHash())) {
        found = Optional.of(session);
      }
    }
    return found;
  }

  /** With one more session; of more than {@value #MOST} the oldest end. */
  SessionBook begin(StoredSession session) {
    var live = live();
    int tooMany = Math.max(0, live.size() + 1 - MOST);
    var next =
        next(live.subList(tooMany, live.size()))
            .addSessions(session.toBuilder().setSequence(stored.getNextSequence()))
            .setNextSequence(stored.getNextSequence() + 1)
            .setBegunSessionId(session.getSessionId());
    live.subList(0, tooMany)
        .forEach(old -> next.addRevocations(revocation(old, RevocationReason.EVICTED)));
    return new SessionBook(next.build(), now);
  }

  /** With another token for a session; the same book if there is no such session. */
  SessionBook rotate(SessionToken old, SessionToken fresh) {
    return replace(
        session -> old.isThatOf(session.getSecretHash()),
        session ->
            session.toBuilder()
                .setSecretHash(fresh.secretHash())
                .setLastAccessedAt(ProtoTimes.timestamp(now)));
  }

  /** Remembers that a session's token was found valid now. */
  SessionBook touch(String sessionId) {
    return replace(
        session -> session.getSessionId().equals(sessionId),
        session -> session.toBuilder().setLastAccessedAt(ProtoTimes.timestamp(now)));
  }

  /** Whether it is time to remember that a session's token was found valid. */
  boolean isTouchDue(StoredSession session) {
    return !now.isBefore(ProtoTimes.instant(session.getLastAccessedAt()).plus(TOUCH));
  }

  /** Without some sessions; the same book if there are no such. */
  SessionBook end(Predicate<StoredSession> which, RevocationReason reason) {
    var live = live();
    if (count(which) == 0) {
      return this;
    }
    var next = next(live.stream().filter(which.negate()).toList());
    live.stream()
        .filter(which)
        .forEach(session -> next.addRevocations(revocation(session, reason)));
    return new SessionBook(next.build(), now);
  }

  /** How many such sessions there are. */
  int count(Predicate<StoredSession> which) {
    return (int) live().stream().filter(which).count();
  }

  private SessionBook replace(
      Predicate<StoredSession> which, Function<StoredSession, StoredSession.Builder> change) {
    var live = live();
    if (count(which) == 0) {
      return this;
    }
    return new SessionBook(
        next(live.stream()
                .map(session -> which.test(session) ? change.apply(session).build() : session)
                .toList())
            .build(),
        now);
  }

  /** Nothing done yet, and what has expired is let go. */
  private StoredSessions.Builder next(List<StoredSession> sessions) {
    return stored.toBuilder()
        .clearSessions()
        .addAllSessions(sessions)
        .clearBegunSessionId()
        .clearRevocations();
  }

  private StoredRevocation revocation(StoredSession session, RevocationReason reason) {
    return StoredRevocation.newBuilder()
        .setSessionId(session.getSessionId())
        .setReason(reason)
        .setRevokedAt(ProtoTimes.timestamp(now))
        .build();
  }
}
