package io.bodybroker.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.auth.state.v1.StoredSessions;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.store.Store;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A player's document that expires while its sessions are being changed. */
class SessionsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T20:00:00Z");

  private final Store<StoredSessions> books =
      MemoryStores.open(StoredSessions.getDefaultInstance());
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
  private final Sessions sessions =
      new Sessions(
          books,
          new Secrets(new SecureRandom()),
          () -> {
            meanwhile.get().run();
            return NOW;
          });

  private SessionToken begin() {
    var granted = new Sessions.Granted(List.of(), 0);
    var shown = sessions.begin("ada", Duration.ofHours(1), "test", Map.of(), granted);
    meanwhile.set(() -> books.delete(SessionToken.keyOf("ada")));
    return shown.token();
  }

  @Test
  void endsNothingAndLeavesNoDocumentBehind() {
    begin();

    assertThat(sessions.endAll("ada")).isZero();
    assertThat(books.list("")).isEmpty();
  }

  @Test
  void rotatesNothingAndLeavesNoDocumentBehind() {
    var token = begin();

    assertThat(sessions.rotate(token)).isEmpty();
    assertThat(books.list("")).isEmpty();
  }

  @Test
  void revokesNothingAndLeavesNoDocumentBehind() {
    var token = begin();

    assertThat(sessions.revoke(token)).isFalse();
    assertThat(books.list("")).isEmpty();
  }
}
