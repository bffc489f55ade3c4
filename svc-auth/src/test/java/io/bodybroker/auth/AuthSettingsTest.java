package io.bodybroker.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.auth.state.v1.SpentTicket;
import io.bodybroker.auth.state.v1.StoredBucket;
import io.bodybroker.auth.state.v1.StoredRoles;
import io.bodybroker.auth.state.v1.StoredSessions;
import io.bodybroker.auth.v1.CreateSessionRequest;
import io.bodybroker.auth.v1.SignInRequest;
import io.bodybroker.sdk.config.ConfigException;
import io.bodybroker.sdk.config.Setting;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.testing.MovableTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AuthSettingsTest {
  private final MovableTime time = MovableTime.still();

  @Test
  void haveARowEachInTheReference() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "configuration.md")).stream()
            .dropWhile(line -> !line.equals("## auth"))
            .filter(line -> line.startsWith("| `"))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            AuthSettings.TABLE.settings().stream().map(AuthSettingsTest::row).toList());
  }

  private static String row(Setting<?> setting) {
    String standard = setting.standard().isEmpty() ? "nothing" : "`" + setting.standard() + "`";
    return "| `%s` | `%s` | %s | %s | %s |"
        .formatted(
            setting.key(), setting.variable(), standard, setting.expected(), setting.meaning());
  }

  @Test
  void refuseANameThatIsNone() {
    assertThatThrownBy(() -> AuthSettings.TABLE.from(Map.of(), Map.of("AUTH_ISSUER", "two words")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("AUTH_ISSUER: \"two words\" (expected: 1 to 200 visible ASCII");
  }

  @Test
  void sayThatNobodyCanSignInWithoutAnIssuer() {
    var books = MemoryStores.open(StoredSessions.getDefaultInstance());
    var auth = auth(AuthSettings.withoutIssuer(), new Sessions(books, secrets(), time));
    var error =
        catchThrowableOfType(
            ServiceException.class,
            () -> auth.signIn(SignInRequest.newBuilder().setTicket("a.b.c").build(), call()));
    assertThat(error.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
    assertThat(error.message()).contains("auth.issuer-keys");
  }

  @Test
  void keepNoTokenInTheStore() {
    var books = MemoryStores.open(StoredSessions.getDefaultInstance());
    var auth = auth(AuthSettings.withoutIssuer(), new Sessions(books, secrets(), time));
    var token =
        auth.createSession(CreateSessionRequest.newBuilder().setPlayerId("ada").build(), call())
            .getToken();
    var hash = SessionToken.parse(token).orElseThrow().secretHash();
    assertThat(books.list("")).hasSize(1);
    var kept = books.list("").getFirst();
    assertThat(kept.value().getSessions(0).getSecretHash()).isEqualTo(hash);
    assertThat(kept.key() + kept.value()).doesNotContain(token.substring(4)).doesNotContain("bbs_");
  }

  private static Secrets secrets() {
    return new Secrets(new SecureRandom());
  }

  private Auth auth(AuthSettings settings, Sessions sessions) {
    return new Auth(
        settings.tickets(),
        new SpentTickets(MemoryStores.open(SpentTicket.getDefaultInstance())),
        sessions,
        new Roles(MemoryStores.open(StoredRoles.getDefaultInstance()), sessions, time),
        new RateLimits(
            MemoryStores.open(StoredBucket.getDefaultInstance()),
            new Notices((notice, id) -> CompletableFuture.completedFuture(null))),
        time);
  }

  private static CallContext call() {
    return CallContext.of(CallMetadata.empty(), Duration.ofSeconds(1));
  }
}
