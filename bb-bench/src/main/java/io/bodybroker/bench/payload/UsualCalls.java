package io.bodybroker.bench.payload;

import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import io.bodybroker.auth.v1.ValidateSessionResponse;
import io.bodybroker.bodybrokerintegration.v1.RecordKillRequest;
import io.bodybroker.gateway.json.JsonCodec;
import io.bodybroker.payment.v1.GetBalanceResponse;
import io.bodybroker.statemanager.v1.UpdateStateRequest;
import io.bodybroker.timemanager.v1.GetTimeResponse;
import io.bodybroker.worldstate.v1.GetEntityResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What goes over the wire most, written by hand as the services answer it. */
final class UsualCalls {
  /** One of them; of requests a client leaves out what is at its default. */
  record Usual(Message message, boolean isRequest) {
    String name() {
      return message.getDescriptorForType().getName();
    }
  }

  private UsualCalls() {}

  static List<Usual> all() {
    return List.of(
        response(
            GetTimeResponse.getDefaultInstance(),
            """
            {"now": {"worldId": "overworld",
              "gameTime": {"year": 1, "month": 11, "day": 26, "hour": 21, "minute": 14},
              "dayPhase": "NIGHT", "moonPhase": "GIBBOUS", "season": "FALL", "timeScale": 60,
              "realTime": "2025-11-26T18:03:21.482113Z"}}
            """),
        response(
            GetBalanceResponse.getDefaultInstance(),
            """
            {"balance": "12840", "version": "371"}
            """),
        response(
            ValidateSessionResponse.getDefaultInstance(),
            """
            {"valid": true, "roles": ["PLAYER"],
              "session": {"sessionId": "s-0Zk3V5W2Q9T8R7Y6X4N1BA", "playerId": "player-4711",
                "client": "windows/1.4.2", "createdAt": "2025-11-26T17:40:02.113840Z",
                "lastAccessedAt": "2025-11-26T18:03:20.004512Z",
                "expiresAt": "2025-11-27T17:40:02.113840Z"}}
            """),
        response(
            GetEntityResponse.getDefaultInstance(),
            """
            {"entity": {"worldId": "overworld", "entityId": "npc-207", "type": "NPC",
              "properties": {"name": "Mara Ashgrove", "health": 97.5, "mood": "wary",
                "isHostile": false, "position": {"x": 812.25, "y": 144.5}},
              "tags": ["blacksmith", "harbour-district"], "version": "1207",
              "createdAt": "2025-11-02T09:12:44.201773Z",
              "updatedAt": "2025-11-26T18:01:10.650021Z"}}
            """),
        request(
            UpdateStateRequest.getDefaultInstance(),
            """
            {"playerId": "player-4711", "mode": "MERGE",
              "state": {"hp": 82, "zone": "bone-market", "position": {"x": 31.75, "y": 208.5},
                "weapon": "bone saw"}}
            """),
        request(
            RecordKillRequest.getDefaultInstance(),
            """
            {"playerId": "player-4711", "worldId": "overworld", "targetId": "target-90412",
              "method": "BLADE_KILL", "targetMorality": "DESERVING", "creature": "human",
              "zoneId": "bone-market", "witnessed": true}
            """));
  }

  private static Usual response(Message prototype, String json) {
    return new Usual(parse(prototype, json), false);
  }

  private static Usual request(Message prototype, String json) {
    return new Usual(parse(prototype, json), true);
  }

  private static Message parse(Message prototype, String json) {
    var builder = prototype.newBuilderForType();
    new JsonCodec(TypeRegistry.getEmptyTypeRegistry())
        .read(json.getBytes(StandardCharsets.UTF_8), builder);
    return builder.build();
  }
}
