package io.bodybroker.auth;

import io.bodybroker.auth.state.v1.StoredSession;
import io.bodybroker.auth.state.v1.StoredSessions;
import io.bodybroker.auth.v1.RevocationReason;
import io.bodybroker.auth.v1.Role;
import io.bodybroker.auth.v1.Session;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.time.ProtoTimes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The sessions of all players. Those of one player are one document, so each change of them is one
 * write: a token that takes another's place, an eviction with what it makes room for, the end of
 * all.
 */
final class Sessions {
  /** No session lasts longer, and so no document need. */
  static final Duration LONGEST = Duration.ofDays(30);

  private static final Logger LOG = System.getLogger(Sessions.class.getName());

  private final Store<StoredSessions> books;
  private final Secrets secrets;
  private final InstantSource time;

  Sessions(Store<StoredSessions> books, Secrets secrets, InstantSource time) {
    this.books = books;
    this.secrets = secrets;
    this.time = time;
  }

  /** A session and the token it is now shown by. */
  record Shown(SessionToken token, Session session) {}

  /** Whose a token is, and what the player may do. */
  record Valid(Session session, List<Role> roles) {}

  /** What a player was granted, at a version of the document that says so. */
  record Granted(List<Role> roles, long version) {}

  /** Begins a session. */
  Shown begin(
      String playerId,
      Duration timeToLive,
      String client,
      Map<String, String> metadata,
      Granted granted) {
    var token = secrets.token(playerId);
    var now = time.instant();
    var session =
        StoredSession.newBuilder()
            .setSessionId(secrets.sessionId())
            .setSecretHash(token.secretHash())
            .setClient(client)
            .putAllMetadata(metadata)
            .setCreatedAt(ProtoTimes.timestamp(now))
            .setLastAccessedAt(ProtoTimes.timestamp(now))
            .setExpiresAt(ProtoTimes.timestamp(now.plus(timeToLive)))
            .build();
    books.update(
        SessionToken.keyOf(playerId),
        current -> {
          var stored = withRoles(current, playerId, granted);
          return new SessionBook(stored, now).begin(session).stored();
        });
    return new Shown(token, Wire.session(playerId, session));
  }

  /** Whose a token is; empty if it is nobody's. */
  Optional<Valid> validate(SessionToken token) {
    var found = books.get(token.key());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var stored = found.get().value();
    var book = new SessionBook(stored, time.instant());
    var session = book.find(token);
    session.filter(book::isTouchDue).ifPresent(due -> touch(token.key(), due.getSessionId()));
    return session.map(one ->
        new Valid(Wire.session(stored.getPlayerId(), one), List.copyOf(stored.getRolesList())));
  }

  /** Late by a minute or not at all: the answer does not wait for another try. */
  private void touch(String key, String sessionId) {
    try {
      change(key, book -> book.touch(sessionId));
    } catch (ServiceException e) {
      LOG.log(Level.DEBUG, "that a session was used is not remembered", e);
    }
  }

  /** Gives the session of a token another one; empty if it is nobody's. */
  Optional<Shown> rotate(SessionToken old) {
    var before = books.get(old.key());
    if (before.isEmpty()) {
      return Optional.empty();
    }
    var fresh = secrets.token(before.get().value().getPlayerId());
    var after = change(old.key(), book -> book.rotate(old, fresh));
    return after
        .find(fresh)
        .map(session -> new Shown(fresh, Wire.session(after.stored().getPlayerId(), session)));
  }

  /** Ends the session of a token. Returns whether there was one. */
  boolean revoke(SessionToken token) {
    Predicate<StoredSession> isIts = session -> token.isThatOf(session.getSecretHash());
    return end(token.key(), isIts, RevocationReason.SIGNED_OUT) > 0;
  }

  /** Ends a session of a player. Returns whether there was one. */
  boolean end(String playerId, String sessionId) {
    Predicate<StoredSession> isIt = session -> session.getSessionId().equals(sessionId);
    return end(SessionToken.keyOf(playerId), isIt, RevocationReason.ENDED) > 0;
  }

  /** Ends all sessions of a player. Returns how many there were. */
  int endAll(String playerId) {
    return end(SessionToken.keyOf(playerId), session -> true, RevocationReason.ALL_ENDED);
  }

  /** The sessions of a player, the oldest first. */
  List<StoredSession> list(String playerId) {
    return books
        .get(SessionToken.keyOf(playerId))
        .map(document -> new SessionBook(document.value(), time.instant()).live())
        .orElse(List.of());
  }

  /** What a player was granted, as far as it was written here. */
  List<Role> roles(String playerId) {
    return books
        .get(SessionToken.keyOf(playerId))
        .map(document -> List.copyOf(document.value().getRolesList()))
        .orElse(List.of());
  }

  /**
   * Writes what a player was granted beside the sessions, so that one read tells all of a token.
   * Written also where there is no session: one that is being begun may have read the roles before.
   */
  void grant(String playerId, Granted granted) {
    books.update(SessionToken.keyOf(playerId), current -> withRoles(current, playerId, granted));
  }

  private static StoredSessions withRoles(
      Optional<StoredSessions> current, String playerId, Granted granted) {
    var stored = current.orElse(StoredSessions.getDefaultInstance());
    boolean isKnown = stored.getPlayerId().equals(playerId);
    if (isKnown && granted.version() <= stored.getRolesVersion()) {
      return stored;
    }
    return stored.toBuilder()
        .setPlayerId(playerId)
        .clearRoles()
        .addAllRoles(granted.roles())
        .setRolesVersion(granted.version())
        .clearBegunSessionId()
        .clearRevocations()
        .build();
  }

  private int end(String key, Predicate<StoredSession> which, RevocationReason reason) {
    if (books.get(key).isEmpty()) {
      return 0;
    }
    // The last run of the change is the one that is written, or that found nothing to write.
    var ended = new AtomicInteger();
    change(
        key,
        book -> {
          ended.set(book.count(which));
          return book.end(which, reason);
        });
    return ended.get();
  }

  /** A document that is gone by now is as one without sessions, and is left alone. */
  private SessionBook change(String key, UnaryOperator<SessionBook> change) {
    var now = time.instant();
    var last = new AtomicReference<>(new SessionBook(StoredSessions.getDefaultInstance(), now));
    try {
      books.update(
          key,
          current -> {
            var book = new SessionBook(current.orElse(StoredSessions.getDefaultInstance()), now);
            last.set(change.apply(book));
            if (current.isEmpty()) {
              throw ServiceException.notFound("sessions", key); // without leaving a document
            }
            return last.get().stored();
          });
    } catch (ServiceException e) {
      if (e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
    }
    return last.get();
  }
}
