package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.bodybrokerintegration.v1.CompleteDealResponse;
import io.bodybroker.bodybrokerintegration.v1.CounterOfferResponse;
import io.bodybroker.bodybrokerintegration.v1.DealState;
import io.bodybroker.bodybrokerintegration.v1.Drug;
import io.bodybroker.bodybrokerintegration.v1.GetBookResponse;
import io.bodybroker.bodybrokerintegration.v1.GetDebtResponse;
import io.bodybroker.bodybrokerintegration.v1.GetFamilyResponse;
import io.bodybroker.bodybrokerintegration.v1.GetMoralityResponse;
import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.HarvestResponse;
import io.bodybroker.bodybrokerintegration.v1.LifeState;
import io.bodybroker.bodybrokerintegration.v1.ListDealsResponse;
import io.bodybroker.bodybrokerintegration.v1.ListPartsResponse;
import io.bodybroker.bodybrokerintegration.v1.MixDrugsResponse;
import io.bodybroker.bodybrokerintegration.v1.MoralPath;
import io.bodybroker.bodybrokerintegration.v1.NegotiateResponse;
import io.bodybroker.bodybrokerintegration.v1.Outcome;
import io.bodybroker.bodybrokerintegration.v1.Preservation;
import io.bodybroker.bodybrokerintegration.v1.PreservePartResponse;
import io.bodybroker.bodybrokerintegration.v1.RecordDeathResponse;
import io.bodybroker.bodybrokerintegration.v1.RecordKillResponse;
import io.bodybroker.bodybrokerintegration.v1.RetrieveCorpseResponse;
import io.bodybroker.payment.v1.GetBalanceResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A broker's evening, by HTTP. */
@ExtendWith(TheGame.Extension.class)
class BodyBrokerIntegrationThroughGatewayTest {
  private static final String WORLD = "broker-city";

  private static String kill(String target, String morality) {
    return """
    {"world_id": "%s", "target_id": "%s", "method": "POISON_KILL", "target_morality": "%s",
     "creature": "human", "zone_id": "docks", "witnessed": true}
    """
        .formatted(WORLD, target, morality);
  }

  private static String harvest(String target, String parts) {
    return """
    {"world_id": "%s", "target_id": "%s", "parts": [%s], "tool": "SURGICAL"}
    """
        .formatted(WORLD, target, parts);
  }

  @Test
  void killsHarvestsHagglesAndIsPaid(TheGame game) {
    var grace = game.player("broker-grace");
    var home = "/v1/players/broker-grace";

    var killed =
        game.operator()
            .post(home + "/kills", kill("skinner", "DESERVING"))
            .as(RecordKillResponse.getDefaultInstance());
    assertThat(killed.getMorality().getPath()).isEqualTo(MoralPath.SURGEON);

    var harvest =
        grace
            .post(home + "/harvests", harvest("skinner", "\"EYE\", \"EYE\", \"TONGUE\""))
            .as(HarvestResponse.getDefaultInstance());
    assertThat(harvest.getPartsList()).extracting("grade").containsOnly(Grade.PRISTINE);
    var kept =
        grace
            .put(home + "/parts/p3/preservation", "{\"preservation\": \"FORMALDEHYDE\"}")
            .as(PreservePartResponse.getDefaultInstance());
    assertThat(kept.getPart().getPreservation()).isEqualTo(Preservation.FORMALDEHYDE);

    var offer =
        grace
            .post(
                home + "/negotiations",
                """
                {"family": "CHATTER_SWARM", "part_ids": ["p1", "p2", "p3"],
                 "requested_quantity": 1000000, "tactics": ["APPEAL_TO_GREED"]}
                """)
            .as(NegotiateResponse.getDefaultInstance());
    assertThat(offer.getNegotiation().getAccepted()).isFalse();
    assertThat(offer.getNegotiation().getCounterOffer().getDrug()).isEqualTo(Drug.HIVE_NECTAR);
    var better =
        grace
            .post(home + "/deals/d1/counter_offers", "{\"tactics\": [\"LOGIC\"]}")
            .as(CounterOfferResponse.getDefaultInstance());
    assertThat(better.getNegotiation().getOutcome())
        .isIn(Outcome.GOOD_OUTCOME, Outcome.EXCELLENT_OUTCOME);

    var deal =
        grace
            .post(home + "/deals/d1/completion", "{}")
            .as(CompleteDealResponse.getDefaultInstance())
            .getDeal();
    assertThat(deal.getState()).as(deal.toString()).isEqualTo(DealState.COMPLETED);
    assertThat(deal.getPayment()).isEqualTo(better.getDeal().getPayment());

    assertThat(
            grace
                .get(home + "/balances/HIVE_NECTAR")
                .as(GetBalanceResponse.getDefaultInstance())
                .getBalance())
        .isEqualTo(deal.getPayment().getQuantity());
    assertThat(
            grace.get(home + "/parts").as(ListPartsResponse.getDefaultInstance()).getPartsCount())
        .isZero();
    assertThat(
            grace
                .get(home + "/families/CHATTER_SWARM")
                .as(GetFamilyResponse.getDefaultInstance())
                .getFamily()
                .getRelationship())
        .isGreaterThan(50);
    assertThat(
            grace
                .get(home + "/deals?state=COMPLETED")
                .as(ListDealsResponse.getDefaultInstance())
                .getDealsList())
        .hasSize(1);
    assertThat(grace.get(home + "/book").as(GetBookResponse.getDefaultInstance()).getPagesCount())
        .isEqualTo(3);
    assertThat(
            grace
                .get(home + "/morality")
                .as(GetMoralityResponse.getDefaultInstance())
                .getMorality()
                .getDeserving())
        .isEqualTo(1);
  }

  @Test
  void diesAndComesBack(TheGame game) {
    var ada = game.player("broker-ada");
    var master = game.operator();
    var home = "/v1/players/broker-ada";
    var dead =
        master
            .post(home + "/deaths", "{\"world_id\": \"" + WORLD + "\"}")
            .as(RecordDeathResponse.getDefaultInstance());
    assertThat(dead.getDebt().getLife()).isEqualTo(LifeState.SOUL_ECHO);
    assertThat(master.post(home + "/retrievals", "{}").problem().code())
        .isEqualTo("FAILED_PRECONDITION");
    ada.post(home + "/respawns", "{}");
    assertThat(
            master
                .post(home + "/retrievals", "{}")
                .as(RetrieveCorpseResponse.getDefaultInstance())
                .getDebt()
                .getVeilFray())
        .isZero();
    assertThat(ada.get(home + "/debt").as(GetDebtResponse.getDefaultInstance()).getDebt().getLife())
        .isEqualTo(LifeState.ALIVE);
  }

  @Test
  void letsNoPlayerSayWhatHappensInTheGame(TheGame game) {
    var mallory = game.player("broker-mallory");
    var home = "/v1/players/broker-mallory";
    var death = "{\"world_id\": \"" + WORLD + "\"}";
    assertThat(mallory.post(home + "/kills", kill("minted", "DESERVING")).status()).isEqualTo(403);
    assertThat(mallory.post(home + "/deaths", death).status()).isEqualTo(403);
    assertThat(mallory.post(home + "/retrievals", "{}").status()).isEqualTo(403);
    assertThat(mallory.post(home + "/harvests", harvest("minted", "\"EYE\"")).problem().code())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void letsNobodyActForAnother(TheGame game) {
    var eve = game.player("broker-eve");
    assertThat(eve.get("/v1/players/broker-grace/parts").status()).isEqualTo(403);
    assertThat(game.anybody().get("/v1/players/broker-grace/parts").status()).isEqualTo(401);
    assertThat(eve.post("/v1/players/broker-grace/kills", kill("bystander", "INNOCENT")).status())
        .isEqualTo(403);
    assertThat(
            game.operator()
                .get("/v1/players/broker-grace/morality")
                .as(GetMoralityResponse.getDefaultInstance())
                .hasMorality())
        .isTrue();
  }

  @Test
  void namesWhatIsWrong(TheGame game) {
    var max = game.player("broker-max");
    var home = "/v1/players/broker-max";
    assertThat(game.operator().post(home + "/kills", "{\"world_id\": \"a b\"}").problem().fields())
        .contains("world_id", "target_id", "method", "creature");
    assertThat(max.get(home + "/families/NOBODY").status()).isEqualTo(400);
    assertThat(max.get(home + "/deals/d1").problem().code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void tellsAnybodyWhatDrugsDoTogether(TheGame game) {
    var mixture =
        game.anybody()
            .get("/v1/drugs/AETHER/mixtures/STILL_BLOOD")
            .as(MixDrugsResponse.getDefaultInstance());
    assertThat(mixture.getLethal()).isTrue();
  }
}
