package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.auth.v1.CheckRateLimitResponse;
import io.bodybroker.auth.v1.CreateSessionResponse;
import io.bodybroker.auth.v1.EndAllSessionsResponse;
import io.bodybroker.auth.v1.GrantRoleResponse;
import io.bodybroker.auth.v1.ListRolesResponse;
import io.bodybroker.auth.v1.ListSessionsResponse;
import io.bodybroker.auth.v1.RateClass;
import io.bodybroker.auth.v1.RevokeSessionResponse;
import io.bodybroker.auth.v1.Role;
import io.bodybroker.auth.v1.RoleGrant;
import io.bodybroker.auth.v1.RotateSessionResponse;
import io.bodybroker.auth.v1.ValidateSessionResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TheGame.Extension.class)
class AuthThroughGatewayTest {
  private static String token(String token) {
    return "{\"token\": \"" + token + "\"}";
  }

  @Test
  void beginsUsesRotatesAndEndsSessions(TheGame game) {
    var begun =
        game.operator()
            .post("/v1/players/auth-ada/sessions", "{\"client\": \"Windows\", \"ttl\": \"3600s\"}")
            .as(CreateSessionResponse.getDefaultInstance());
    var ada = new GameClient(game.anybody().port(), Optional.of(begun.getToken()));
    var sessions =
        ada.get("/v1/players/auth-ada/sessions").as(ListSessionsResponse.getDefaultInstance());
    assertThat(sessions.getSessionsList()).containsExactly(begun.getSession());

    var rotated =
        game.anybody()
            .post("/v1/sessions/rotation", token(begun.getToken()))
            .as(RotateSessionResponse.getDefaultInstance());
    assertThat(ada.get("/v1/players/auth-ada/sessions").problem().status()).isEqualTo(401);
    var again = new GameClient(ada.port(), Optional.of(rotated.getToken()));
    assertThat(again.get("/v1/players/auth-ada/sessions").status()).isEqualTo(200);

    assertThat(revoke(game, rotated.getToken())).isTrue();
    assertThat(revoke(game, rotated.getToken())).isFalse();
    var late = again.get("/v1/players/auth-ada/sessions").problem();
    assertThat(late.status()).isEqualTo(401);
    assertThat(late.code()).isEqualTo("UNAUTHENTICATED");
    var valid =
        game.operator()
            .post("/v1/sessions/validation", token(rotated.getToken()))
            .as(ValidateSessionResponse.getDefaultInstance());
    assertThat(valid).isEqualTo(ValidateSessionResponse.getDefaultInstance());
  }

  private static boolean revoke(TheGame game, String token) {
    return game.anybody()
        .post("/v1/sessions/revocation", token(token))
        .as(RevokeSessionResponse.getDefaultInstance())
        .getRevoked();
  }

  @Test
  void letsPlayersDoWhatIsTheirsAndOperatorsAll(TheGame game) {
    var grace = game.player("auth-grace");
    assertThat(grace.get("/v1/players/auth-grace/sessions").status()).isEqualTo(200);
    var others = grace.get("/v1/players/auth-edsger/sessions").problem();
    assertThat(others.status()).isEqualTo(403);
    assertThat(others.fields()).containsExactly("player_id");
    assertThat(game.operator().get("/v1/players/auth-edsger/sessions").status()).isEqualTo(200);
    assertThat(game.anybody().get("/v1/players/auth-grace/sessions").problem().status())
        .isEqualTo(401);
    assertThat(grace.post("/v1/players/auth-grace/sessions", "{}").problem().status())
        .isEqualTo(403);
    assertThat(grace.put("/v1/players/auth-grace/roles/OPERATOR", "").problem().status())
        .isEqualTo(403);
    assertThat(
            grace
                .delete("/v1/players/auth-grace/sessions")
                .as(EndAllSessionsResponse.getDefaultInstance())
                .getEnded())
        .isEqualTo(1);
    assertThat(grace.get("/v1/players/auth-grace/sessions").problem().status()).isEqualTo(401);
  }

  @Test
  void grantsRolesThatHoldAtOnceAndTellsByWhom(TheGame game) {
    var alan = game.player("auth-alan");
    assertThat(alan.get("/v1/players/auth-kurt/roles").problem().status()).isEqualTo(403);
    var granted =
        game.operator()
            .put("/v1/players/auth-alan/roles/OPERATOR", "")
            .as(GrantRoleResponse.getDefaultInstance());
    assertThat(granted.getGrantsList())
        .extracting(RoleGrant::getRole)
        .containsExactly(Role.OPERATOR);
    assertThat(granted.getGrants(0).getGrantedBy()).isEqualTo("operator");
    assertThat(alan.get("/v1/players/auth-kurt/roles").as(ListRolesResponse.getDefaultInstance()))
        .isEqualTo(ListRolesResponse.getDefaultInstance());
    assertThat(game.operator().delete("/v1/players/auth-alan/roles/OPERATOR").status())
        .isEqualTo(200);
    assertThat(alan.get("/v1/players/auth-kurt/roles").problem().status()).isEqualTo(403);
  }

  @Test
  void countsRequests(TheGame game) {
    var answer =
        game.operator()
            .post(
                "/v1/rate-limits/check",
                "{\"address\": \"192.0.2.7\", \"resource\": \"quest\", \"action\": \"list\"}")
            .as(CheckRateLimitResponse.getDefaultInstance());
    assertThat(answer.getAllowed()).isTrue();
    assertThat(answer.getRateClass()).isEqualTo(RateClass.PUBLIC_READ);
    assertThat(answer.getRemaining()).isEqualTo(199);
  }

  @Test
  void namesWhatIsWrongAndShowsNoSecret(TheGame game) {
    var tooLong = "bbs_" + "x".repeat(300);
    var wrong = game.anybody().post("/v1/sessions/rotation", token(tooLong));
    assertThat(wrong.problem().status()).isEqualTo(400);
    assertThat(wrong.problem().fields()).containsExactly("token");
    assertThat(wrong.body()).doesNotContain("xxx");
    var ticket = game.anybody().post("/v1/sessions", "{\"ticket\": [\"a.b.c\"]}");
    assertThat(ticket.problem().fields()).containsExactly("ticket");
    assertThat(ticket.body()).doesNotContain("a.b.c");
  }
}
