package io.bodybroker.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.bodybroker.auth.state.v1.StoredSession;
import io.bodybroker.auth.state.v1.StoredSessions;
import io.bodybroker.auth.v1.RevocationReason;
import io.bodybroker.auth.v1.SessionCreated;
import io.bodybroker.auth.v1.SessionRevoked;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever happens to a player's sessions, in whatever order. */
class SessionBookTest {
  enum What {
    BEGIN,
    END,
    END_ALL,
    ROTATE,
    TOUCH
  }

  /**
   * One thing that happens, to one of the tokens there have been, some time after the one before.
   */
  record Step(What what, int which, int minutes) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.of(What.BEGIN)), Tuple.of(5, Arbitraries.of(What.class))),
            Arbitraries.integers().between(0, 30),
            Arbitraries.integers().between(0, 20))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 60)
  void keepsAtMostTenSessionsEachWithOneTokenUntilItEnds(@ForAll("steps") List<Step> steps) {
    var run = new Run();
    steps.forEach(run::take);
  }

  /** The book, and beside it what should be. */
  private static final class Run {
    private final Map<String, Instant> ends = new HashMap<>();
    private final Map<String, SessionToken> tokens = new HashMap<>();
    private final List<String> begun = new ArrayList<>();
    private final List<SessionToken> dead = new ArrayList<>();
    private StoredSessions stored = StoredSessions.newBuilder().setPlayerId("ada").build();
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private int made;

    void take(Step step) {
      now = now.plus(Duration.ofMinutes(step.minutes()));
      ends.entrySet().removeIf(end -> !now.isBefore(end.getValue()));
      var book = new SessionBook(stored, now);
      stored = apply(step, book).stored();
      check(new SessionBook(stored, now));
    }

    private SessionBook apply(Step step, SessionBook book) {
      var name = begun.isEmpty() ? "none" : begun.get(step.which() % begun.size());
      boolean lives = ends.containsKey(name);
      return switch (step.what()) {
        case BEGIN -> begin(book);
        case END -> {
          var next =
              book.end(session -> session.getSessionId().equals(name), RevocationReason.ENDED);
          assertThat(next.equals(book)).isEqualTo(!lives);
          if (lives) {
            assertThat(events(next)).containsExactly(revoked(name, RevocationReason.ENDED));
            kill(name);
          }
          yield next;
        }
        case END_ALL -> {
          var next = book.end(session -> true, RevocationReason.ALL_ENDED);
          assertThat(next.equals(book)).isEqualTo(ends.isEmpty());
          List.copyOf(ends.keySet()).forEach(this::kill);
          yield next;
        }
        case ROTATE -> {
          var fresh = token();
          var old = tokens.getOrDefault(name, token());
          var next = book.rotate(old, fresh);
          assertThat(next.equals(book)).isEqualTo(!lives);
          if (lives) {
            assertThat(events(next)).isEmpty();
            dead.add(old);
            tokens.put(name, fresh);
          }
          yield next;
        }
        case TOUCH -> {
          var next = book.touch(name);
          if (lives) {
            assertThat(events(next)).isEmpty();
          }
          yield next;
        }
      };
    }

    private SessionBook begin(SessionBook book) {
      var name = "s" + made;
      var token = token();
      var oldest = begun.stream().filter(ends::containsKey).findFirst();
      boolean isFull = ends.size() == SessionBook.MOST;
      var next =
          book.begin(
              StoredSession.newBuilder()
                  .setSessionId(name)
                  .setSecretHash(token.secretHash())
                  .setCreatedAt(ProtoTimes.timestamp(now))
                  .setExpiresAt(ProtoTimes.timestamp(now.plus(Duration.ofHours(1))))
                  .build());
      var told = new ArrayList<Message>();
      if (isFull) {
        told.add(revoked(oldest.orElseThrow(), RevocationReason.EVICTED));
        kill(oldest.orElseThrow());
      }
      told.add(
          SessionCreated.newBuilder()
              .setPlayerId("ada")
              .setSessionId(name)
              .setCreatedAt(ProtoTimes.timestamp(now))
              .setExpiresAt(ProtoTimes.timestamp(now.plus(Duration.ofHours(1))))
              .build());
      assertThat(events(next)).isEqualTo(told);
      begun.add(name);
      tokens.put(name, token);
      ends.put(name, now.plus(Duration.ofHours(1)));
      return next;
    }

    private void kill(String name) {
      ends.remove(name);
      dead.add(tokens.get(name));
    }

    private SessionToken token() {
      made++;
      byte[] secret = new byte[SessionToken.SECRET_BYTES];
      secret[0] = (byte) made;
      secret[1] = (byte) (made >> 8);
      return SessionToken.of("ada", secret);
    }

    private SessionRevoked revoked(String name, RevocationReason reason) {
      return SessionRevoked.newBuilder()
          .setPlayerId("ada")
          .setSessionId(name)
          .setReason(reason)
          .setRevokedAt(ProtoTimes.timestamp(now))
          .build();
    }

    private static List<Message> events(SessionBook book) {
      return SessionEvents.FEED.eventsOf(new Change.Put<>("key", book.stored(), 1));
    }

    private void check(SessionBook book) {
      assertThat(book.live())
          .extracting(StoredSession::getSessionId)
          .containsExactlyElementsOf(begun.stream().filter(ends::containsKey).toList())
          .hasSizeLessThanOrEqualTo(SessionBook.MOST);
      assertThat(book.live())
          .extracting(StoredSession::getSequence)
          .isSorted()
          .doesNotHaveDuplicates();
      tokens.forEach((name, token) ->
          assertThat(book.find(token).map(StoredSession::getSessionId).orElse("none"))
              .isEqualTo(ends.containsKey(name) ? name : "none"));
      dead.forEach(token -> assertThat(book.find(token)).isEmpty());
    }
  }
}
