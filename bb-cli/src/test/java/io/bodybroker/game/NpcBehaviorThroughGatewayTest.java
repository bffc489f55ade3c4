package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.npcbehavior.v1.Action;
import io.bodybroker.npcbehavior.v1.ActionType;
import io.bodybroker.npcbehavior.v1.AddDirectiveResponse;
import io.bodybroker.npcbehavior.v1.GetNpcResponse;
import io.bodybroker.npcbehavior.v1.ListRelationshipsResponse;
import io.bodybroker.npcbehavior.v1.PlanResponse;
import io.bodybroker.npcbehavior.v1.PreviewPlanResponse;
import io.bodybroker.npcbehavior.v1.PutPersonalityResponse;
import io.bodybroker.npcbehavior.v1.RecordInteractionResponse;
import io.bodybroker.npcbehavior.v1.Strategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TheGame.Extension.class)
class NpcBehaviorThroughGatewayTest {
  private static final String AT_THE_DOCKS =
      """
      {"situation": {"health": 0.2, "entities": [
          {"entity_id": "ghoul-7", "kind": "CREATURE", "attitude": "ENEMY", "distance_meters": 4},
          {"entity_id": "crate", "kind": "OBSTACLE", "distance_meters": 1.5}]},
       "seed": "7"}
      """;

  @Test
  void anNpcIsDescribedAndDecidesAsItWasForetold(TheGame game) {
    var operator = game.operator();
    operator
        .put(
            "/v1/npcs/npc-marlowe/personality",
            "{\"preset\": \"GUARD\", \"faction\": \"praetorians\", \"traits\": {\"aggression\": 2}}")
        .as(PutPersonalityResponse.getDefaultInstance());
    var preview =
        game.anybody()
            .post("/v1/npcs/npc-marlowe/plans/preview", AT_THE_DOCKS)
            .as(PreviewPlanResponse.getDefaultInstance());
    var plan =
        operator
            .post("/v1/npcs/npc-marlowe/plans", AT_THE_DOCKS)
            .as(PlanResponse.getDefaultInstance());
    assertThat(plan.getPlan()).isEqualTo(preview.getPlan());
    assertThat(plan.getPlan().getStrategy()).isEqualTo(Strategy.RETREAT);
    assertThat(plan.getPlan().getActionsList())
        .extracting(Action::getType)
        .startsWith(plan.getPlan().getActions(0).getType())
        .contains(ActionType.DODGE, ActionType.FLEE)
        .doesNotContain(ActionType.ATTACK);
    assertThat(plan.getPlan().getActionsList()).allMatch(action -> action.getTermsCount() > 0);
    var npc =
        game.anybody().get("/v1/npcs/npc-marlowe").as(GetNpcResponse.getDefaultInstance()).getNpc();
    assertThat(npc.getPersonality().getTraits().getAggression()).isEqualTo(1);
    assertThat(npc.getVersion()).isEqualTo(2);
  }

  @Test
  void whatHappensChangesWhatAnNpcFeels(TheGame game) {
    var operator = game.operator();
    for (String other : new String[] {"ada", "bob"}) {
      operator
          .post(
              "/v1/npcs/npc-vivian/interactions",
              "{\"other_id\": \"%s\", \"kind\": \"HELPED\"}".formatted(other))
          .as(RecordInteractionResponse.getDefaultInstance());
    }
    var first =
        game.anybody()
            .get("/v1/npcs/npc-vivian/relationships?page_size=1")
            .as(ListRelationshipsResponse.getDefaultInstance());
    assertThat(first.getRelationships(0).getOtherId()).isEqualTo("ada");
    assertThat(first.getRelationships(0).getScore()).isPositive();
    assertThat(first.getNextPageToken()).isEqualTo("ada");
  }

  @Test
  void onlyThoseWhoRunTheGameTellNpcsWhatToDo(TheGame game) {
    var directive = "{\"action\": \"WAIT\", \"lifetime\": \"60s\", \"priority\": 1}";
    var player = game.player("npc-ada");
    assertThat(player.post("/v1/npcs/npc-mona/directives", directive).problem().status())
        .isEqualTo(403);
    assertThat(player.post("/v1/npcs/npc-mona/plans", AT_THE_DOCKS).problem().status())
        .isEqualTo(403);
    var given =
        game.operator()
            .post("/v1/npcs/npc-mona/directives", directive)
            .as(AddDirectiveResponse.getDefaultInstance());
    assertThat(given.getDirectives(0).getDirectiveId()).isEqualTo("d1");
  }

  @Test
  void whatIsWrongIsNamed(TheGame game) {
    var problem =
        game.anybody()
            .post(
                "/v1/npcs/npc-sam/plans/preview",
                "{\"situation\": {\"entities\": [{\"entity_id\": \"npc-sam\", \"kind\": \"NPC\"}]}}")
            .problem();
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.fields()).containsExactly("situation.entities[0].entity_id");
    var directive =
        game.operator().post("/v1/npcs/npc-sam/directives", "{\"action\": \"ATTACK\"}").problem();
    assertThat(directive.fields()).containsExactly("target_id");
  }
}
