package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.worldstate.v1.BatchUpdateEntitiesResponse;
import io.bodybroker.worldstate.v1.ClaimTerritoryResponse;
import io.bodybroker.worldstate.v1.GetEconomyResponse;
import io.bodybroker.worldstate.v1.GetEntityResponse;
import io.bodybroker.worldstate.v1.GetFlagsResponse;
import io.bodybroker.worldstate.v1.ListEntitiesResponse;
import io.bodybroker.worldstate.v1.ListFactionsResponse;
import io.bodybroker.worldstate.v1.QuoteTradeResponse;
import io.bodybroker.worldstate.v1.UpdateEntityResponse;
import io.bodybroker.worldstate.v1.UpdateFlagsResponse;
import io.bodybroker.worldstate.v1.WatchEntitiesResponse;
import io.bodybroker.worldstate.v1.WatchKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a game programmer does with the world, and a player sees of it. */
@ExtendWith(TheGame.Extension.class)
class WorldStateThroughGatewayTest {
  private static final String MARA =
      """
      {"update": {"mode": "MERGE", "type": "NPC", "properties": {"hp": 80}, "tags": ["fae"]}}
      """;

  @Test
  void playersFindWhatServicesPutIntoTheWorld(TheGame game) {
    var operator = game.operator();
    var player = game.player("world-reader");
    var world = "/v1/worlds/gateway-world";

    var made =
        operator.put(world + "/entities/mara", MARA).as(UpdateEntityResponse.getDefaultInstance());
    assertThat(made.getVersion()).isEqualTo(1);
    var batch =
        operator
            .post(
                world + "/entities",
                """
                {"updates": [
                  {"entityId": "crate", "update": {"mode": "REPLACE", "type": "OBJECT"}},
                  {"entityId": "mara", "update": {"mode": "MERGE", "expectedVersion": "7"}}]}
                """)
            .as(BatchUpdateEntitiesResponse.getDefaultInstance());
    assertThat(batch.getResults(0).getCommitted().getVersion()).isEqualTo(1);
    assertThat(batch.getResults(1).getFailed().getCode()).isEqualTo("ABORTED");

    var found =
        player
            .get(world + "/entities?types=NPC&all_tags=fae&page_size=10")
            .as(ListEntitiesResponse.getDefaultInstance());
    assertThat(found.getEntitiesList())
        .containsExactly(
            player
                .get(world + "/entities/mara?min_version=1")
                .as(GetEntityResponse.getDefaultInstance())
                .getEntity());
    var queried =
        player
            .post(world + "/entities/query", "{\"where\": [{\"property\": \"hp\", \"value\": 80}]}")
            .as(ListEntitiesResponse.getDefaultInstance());
    assertThat(queried.getTotalSize()).isEqualTo(1);
  }

  @Test
  void playersMayNotWriteAndErrorsNameTheField(TheGame game) {
    var world = "/v1/worlds/gateway-refusals";
    assertThat(game.player("world-writer").put(world + "/entities/mara", MARA).status())
        .isEqualTo(403);
    assertThat(game.anybody().put(world + "/entities/mara", MARA).status()).isEqualTo(401);
    var problem =
        game.operator()
            .put(world + "/entities/mara", "{\"update\": {\"mode\": \"REPLACE\"}}")
            .problem();
    assertThat(problem.code()).isEqualTo("INVALID_ARGUMENT");
    assertThat(problem.fields()).containsExactly("update.type");
    var missing = game.player("world-writer").get(world + "/entities/nobody").problem();
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.text("details", "current_version")).isEqualTo("0");
  }

  @Test
  void aStreamOfChangesGoesOnAfterTheLastEventOfTheReader(TheGame game) {
    var operator = game.operator();
    var player = game.player("world-watcher");
    var world = "/v1/worlds/gateway-stream";
    operator.put(world + "/entities/mara", MARA);
    var path = world + "/changes?types=NPC";
    String position;
    try (var stream = ServerSentEvents.of(player.events(path, request -> request))) {
      assertThat(next(stream).getKind()).isEqualTo(WatchKind.RESET);
      assertThat(next(stream).getEntity().getEntityId()).isEqualTo("mara");
      assertThat(next(stream).getKind()).isEqualTo(WatchKind.COMPLETE);
      operator.put(world + "/entities/vex", MARA);
      assertThat(next(stream).getEntity().getEntityId()).isEqualTo("vex");
      position = stream.lastId();
    }
    operator.delete(world + "/entities/mara");
    operator.put(world + "/entities/nyx", MARA);
    try (var stream =
        ServerSentEvents.of(
            player.events(path, request -> request.header("Last-Event-ID", position)))) {
      assertThat(next(stream).getEntityId()).isEqualTo("mara");
      assertThat(next(stream).getEntity().getEntityId()).isEqualTo("nyx");
      assertThat(next(stream).getKind()).isEqualTo(WatchKind.COMPLETE);
    }
  }

  private static WatchEntitiesResponse next(ServerSentEvents stream) {
    return stream.next(WatchEntitiesResponse.getDefaultInstance());
  }

  @Test
  void aWorldHasFlagsAndASociety(TheGame game) {
    var operator = game.operator();
    var player = game.player("world-citizen");
    var world = "/v1/worlds/gateway-society";
    assertThat(
            operator
                .put(world + "/flags", "{\"flags\": {\"curfew\": true}}")
                .as(UpdateFlagsResponse.getDefaultInstance())
                .getVersion())
        .isEqualTo(1);
    assertThat(
            player
                .get(world + "/flags")
                .as(GetFlagsResponse.getDefaultInstance())
                .getFlags()
                .getFieldsOrThrow("curfew")
                .getBoolValue())
        .isTrue();
    assertThat(
            player
                .get(world + "/economy/quotes/MEDICINE?quantity=2")
                .as(QuoteTradeResponse.getDefaultInstance())
                .getUnitPrice())
        .isEqualTo(150);
    operator.post(world + "/economy/events", "{\"type\": \"MARKET_BOOM\", \"intensity\": 0.5}");
    assertThat(
            player
                .get(world + "/economy")
                .as(GetEconomyResponse.getDefaultInstance())
                .getEconomy()
                .getRecentEventsCount())
        .isEqualTo(1);
    var claim =
        operator
            .post(
                world + "/territories/veils_edge/claims",
                "{\"factionId\": \"dusk_court\", \"members\": 5}")
            .as(ClaimTerritoryResponse.getDefaultInstance());
    assertThat(claim.getOwned()).isTrue();
    var factions = player.get(world + "/factions").as(ListFactionsResponse.getDefaultInstance());
    assertThat(factions.getFactionsList())
        .anySatisfy(
            faction -> assertThat(faction.getTerritoryIdsList()).containsExactly("veils_edge"));
  }
}
