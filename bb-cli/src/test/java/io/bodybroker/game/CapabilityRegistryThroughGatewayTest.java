package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.capabilityregistry.v1.CapabilityOffer;
import io.bodybroker.capabilityregistry.v1.CapabilityType;
import io.bodybroker.capabilityregistry.v1.EngineFeature;
import io.bodybroker.capabilityregistry.v1.FeatureCategory;
import io.bodybroker.capabilityregistry.v1.GetRegistrationResponse;
import io.bodybroker.capabilityregistry.v1.HeartbeatResponse;
import io.bodybroker.capabilityregistry.v1.ListFeaturesResponse;
import io.bodybroker.capabilityregistry.v1.QueryCapabilitiesResponse;
import io.bodybroker.capabilityregistry.v1.RegisterResponse;
import io.bodybroker.capabilityregistry.v1.SuggestFeaturesResponse;
import io.bodybroker.testkit.Await;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TheGame.Extension.class)
class CapabilityRegistryThroughGatewayTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  @Test
  void keepsWhoCanDoWhat(TheGame game) {
    var operator = game.operator();
    var registered =
        operator
            .post(
                "/v1/registrations",
                """
                {"service_id": "translator", "endpoint": "lang-1:9000",
                 "capabilities": [{"capability_id": "fr", "type": "TRANSLATION",
                   "average_latency": "0.020s", "parameters": {"language": "fr"}}]}
                """)
            .as(RegisterResponse.getDefaultInstance());
    var path = "/v1/registrations/" + registered.getRegistrationId();
    assertThat(operator.post(path + "/heartbeats", "{}").as(HeartbeatResponse.getDefaultInstance()))
        .matches(HeartbeatResponse::hasExpiresAt);
    assertThat(
            operator
                .get(path)
                .as(GetRegistrationResponse.getDefaultInstance())
                .getRegistration()
                .getOnline())
        .isTrue();
    Await.untilAsserted(
        BOUND,
        "found",
        () -> {
          var found =
              operator
                  .get("/v1/capabilities?type=TRANSLATION&max_latency=0.1s")
                  .as(QueryCapabilitiesResponse.getDefaultInstance());
          assertThat(found.getOffersList())
              .extracting(CapabilityOffer::getEndpoint)
              .containsExactly("lang-1:9000");
          assertThat(found.getOffers(0).getCapability().getType())
              .isEqualTo(CapabilityType.TRANSLATION);
        });
    assertThat(
            operator
                .post("/v1/capabilities/query", "{\"parameters\": {\"language\": \"de\"}}")
                .as(QueryCapabilitiesResponse.getDefaultInstance())
                .getOffersList())
        .isEmpty();
    assertThat(operator.delete(path).status()).isEqualTo(200);
    assertThat(operator.delete(path).problem().code()).isEqualTo("NOT_FOUND");
    assertThat(game.player("nobody").delete(path).problem().status()).isEqualTo(403);
  }

  @Test
  void tellsAnybodyWhatTheEngineCanDo(TheGame game) {
    var features =
        game.anybody()
            .get("/v1/engine/features?category=AUDIO&version=5.6&page_size=2")
            .as(ListFeaturesResponse.getDefaultInstance());
    assertThat(features.getFeaturesList())
        .extracting(EngineFeature::getCategory)
        .containsExactly(FeatureCategory.AUDIO, FeatureCategory.AUDIO);
    assertThat(features.getNextPageToken()).isNotEmpty();
    var suggested =
        game.anybody()
            .get("/v1/engine/suggestions?scene=a+crowd+in+the+city")
            .as(SuggestFeaturesResponse.getDefaultInstance());
    assertThat(suggested.getSuggestions(0).getFeature().getFeatureId()).isEqualTo("mass_ai");
  }

  @Test
  void namesWhatIsWrongInARequest(TheGame game) {
    var wrong =
        game.operator()
            .post(
                "/v1/registrations",
                """
                {"service_id": "a b", "endpoint": "x", "capabilities": [{"capability_id": "c",
                 "type": "ANALYSIS", "average_latency": "1s"}]}
                """)
            .problem();
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.fields()).containsExactly("service_id");
  }
}
