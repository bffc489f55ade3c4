package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.eventbus.v1.GetHistoryResponse;
import io.bodybroker.eventbus.v1.ListSubscriptionsResponse;
import io.bodybroker.eventbus.v1.ListenResponse;
import io.bodybroker.eventbus.v1.PublishResponse;
import io.bodybroker.eventbus.v1.ReplayResponse;
import io.bodybroker.eventbus.v1.SubscribeResponse;
import io.bodybroker.eventbus.v1.UnsubscribeResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events as game clients hear of them, and as the game's tools publish them. */
@ExtendWith(TheGame.Extension.class)
class EventBusThroughGatewayTest {
  private static String storm(String zone) {
    return """
    {"eventType": "gateway.storm.begun", "payload": {"wind": 90}, "priority": "HIGH",
     "attributes": {"zone": "%s"}}
    """
        .formatted(zone);
  }

  @Test
  void playersListenAndGoOnAfterTheLastEventTheyHad(TheGame game) {
    var operator = game.operator();
    var player = game.player("listener");
    var path = "/v1/events?event_patterns=gateway.%3E&attributes=zone%3Ddocks";
    String position;
    try (var stream = ServerSentEvents.of(player.events(path, request -> request))) {
      assertThat(next(stream).hasEvent()).isFalse();
      operator.put("/v1/events/gateway-1", storm("hills"));
      operator.put("/v1/events/gateway-2", storm("docks"));
      assertThat(next(stream).getEvent().getEventId()).isEqualTo("gateway-2");
      position = stream.lastId();
    }
    operator.put("/v1/events/gateway-3", storm("docks"));
    try (var stream =
        ServerSentEvents.of(
            player.events(path, request -> request.header("Last-Event-ID", position)))) {
      assertThat(next(stream).getEvent().getEventId()).isEqualTo("gateway-3");
    }
    try (var stream =
        ServerSentEvents.of(
            operator.events(
                "/v1/events/replay?event_patterns=gateway.%3E&from=1970-01-01T00:00:01Z",
                request -> request))) {
      assertThat(stream.next(ReplayResponse.getDefaultInstance()).getEvent().getEventId())
          .isEqualTo("gateway-1");
    }
    var history =
        player
            .get("/v1/event-types/gateway.storm.begun/history?page_size=1")
            .as(GetHistoryResponse.getDefaultInstance());
    assertThat(history.getEvents(0).getEventId()).isEqualTo("gateway-3");
    assertThat(history.getNextPageToken()).isNotEmpty();
  }

  @Test
  void eventsAreForThoseWhoAreSignedInAndReplaysForServicesAndOperators(TheGame game) {
    var nobody = game.anybody();
    assertThat(nobody.get("/v1/events").status()).isEqualTo(401);
    assertThat(nobody.get("/v1/event-types/gateway.storm.begun/history").status()).isEqualTo(401);
    var replay = "/v1/events/replay?from=1970-01-01T00:00:01Z";
    assertThat(nobody.get(replay).status()).isEqualTo(401);
    assertThat(game.player("replaying").get(replay).status()).isEqualTo(403);
  }

  private static ListenResponse next(ServerSentEvents stream) {
    return stream.next(ListenResponse.getDefaultInstance());
  }

  @Test
  void anEventPublishedAgainIsAnsweredAsTheFirstTime(TheGame game) {
    var operator = game.operator();
    var body = "{\"eventType\": \"again\"}";
    var first =
        operator.put("/v1/events/gateway-again", body).as(PublishResponse.getDefaultInstance());
    assertThat(
            operator.put("/v1/events/gateway-again", body).as(PublishResponse.getDefaultInstance()))
        .isEqualTo(first);
    assertThat(operator.put("/v1/events/gateway-again", storm("docks")).problem().code())
        .isEqualTo("ALREADY_EXISTS");
  }

  @Test
  void subscriptionsAreForServicesAndOperators(TheGame game) {
    var operator = game.operator();
    var body =
        """
        {"subscriberId": "gateway-tool", "eventPatterns": ["nothing.of.this"],
         "callbackSubject": "callback.gateway.tool"}
        """;
    assertThat(game.player("subscriber").post("/v1/subscriptions", body).status()).isEqualTo(403);
    var made =
        operator
            .post("/v1/subscriptions", body)
            .as(SubscribeResponse.getDefaultInstance())
            .getSubscription();
    assertThat(
            operator
                .get("/v1/subscriptions?subscriber_id=gateway-tool")
                .as(ListSubscriptionsResponse.getDefaultInstance())
                .getSubscriptionsList())
        .containsExactly(made);
    assertThat(
            operator
                .delete("/v1/subscriptions/" + made.getSubscriptionId())
                .as(UnsubscribeResponse.getDefaultInstance())
                .getEnded())
        .isTrue();
    var problem =
        operator.post("/v1/subscriptions", body.replace("callback.gateway", "svc.x")).problem();
    assertThat(problem.fields()).containsExactly("callback_subject");
  }
}
