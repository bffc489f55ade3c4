package io.bodybroker.npcbehavior;

import io.bodybroker.npcbehavior.mind.Mind.Encounter;
import io.bodybroker.npcbehavior.mind.Personalities;
import io.bodybroker.npcbehavior.v1.ActionType;
import io.bodybroker.npcbehavior.v1.AddDirectiveRequest;
import io.bodybroker.npcbehavior.v1.AddGoalRequest;
import io.bodybroker.npcbehavior.v1.Goal;
import io.bodybroker.npcbehavior.v1.Personality;
import io.bodybroker.npcbehavior.v1.PutPersonalityRequest;
import io.bodybroker.npcbehavior.v1.RecordInteractionRequest;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.Duration;
import java.time.Instant;

/** What requests ask for, checked beyond what the contract's field rules can say. */
final class Requests {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration USUAL = Duration.ofSeconds(10);
  private static final double USUAL_PRIORITY = 0.5;

  private Requests() {}

  static Personality personality(PutPersonalityRequest request) {
    if (!request.getZoneId().isEmpty() && request.getWorldId().isEmpty()) {
      throw ServiceException.invalidArgument("world_id", "", "the world of the zone");
    }
    return Personality.newBuilder()
        .setPreset(request.getPreset())
        .setTraits(Personalities.traits(request.getPreset(), request.getTraits()))
        .setFaction(request.getFaction())
        .setWorldId(request.getWorldId())
        .setZoneId(request.getZoneId())
        .build();
  }

  static Goal goal(AddGoalRequest request) {
    return Goal.newBuilder()
        .setKind(request.getKind())
        .setPriority(request.hasPriority() ? request.getPriority() : USUAL_PRIORITY)
        .setTargetId(request.getTargetId())
        .build();
  }

  static double priority(AddDirectiveRequest request) {
    return request.hasPriority() ? request.getPriority() : USUAL_PRIORITY;
  }

  /** The target of a directive, which most actions need. */
  static String target(AddDirectiveRequest request) {
    var target = request.getTargetId();
    if (target.isEmpty() && needsTarget(request.getAction())) {
      throw ServiceException.invalidArgument(
          "target_id", "", "whom or what to " + request.getAction());
    }
    if (target.equals(request.getNpcId())) {
      throw ServiceException.invalidArgument(
          "target_id", target, "something else than the NPC itself");
    }
    return target;
  }

  private static boolean needsTarget(ActionType action) {
    return switch (action) {
      case ATTACK, FLEE, MOVE, INTERACT, DODGE -> true;
      case SPEAK, WAIT, DEFEND, ACTION_TYPE_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  static Duration lifetime(AddDirectiveRequest request) {
    if (!request.hasLifetime()) {
      return USUAL;
    }
    return ProtoTimes.within("lifetime", request.getLifetime(), SHORTEST, LONGEST);
  }

  static Encounter encounter(RecordInteractionRequest request, Instant now) {
    if (request.getOtherId().equals(request.getNpcId())) {
      throw ServiceException.invalidArgument(
          "other_id", request.getOtherId(), "somebody else than the NPC itself");
    }
    return request.hasImportance()
        ? new Encounter(
            request.getOtherId(),
            request.getKind(),
            request.getImportance(),
            request.getDescription(),
            now)
        : Encounter.usual(request.getOtherId(), request.getKind(), request.getDescription(), now);
  }
}
