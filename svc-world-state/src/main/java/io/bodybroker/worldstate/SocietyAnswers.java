package io.bodybroker.worldstate;

import io.bodybroker.worldstate.society.Member;
import io.bodybroker.worldstate.society.Powers;
import io.bodybroker.worldstate.society.Society;
import io.bodybroker.worldstate.v1.Faction;
import io.bodybroker.worldstate.v1.GetEconomyResponse;
import io.bodybroker.worldstate.v1.ListConflictsResponse;
import io.bodybroker.worldstate.v1.ListFactionsResponse;
import io.bodybroker.worldstate.v1.ListTerritoriesResponse;
import io.bodybroker.worldstate.v1.ListWorldEventsResponse;
import io.bodybroker.worldstate.v1.Relationship;

/** A society as callers see it. */
final class SocietyAnswers {
  private SocietyAnswers() {}

  static GetEconomyResponse economy(Society society) {
    return GetEconomyResponse.newBuilder()
        .setEconomy(society.market().economy())
        .setDay(society.day())
        .setVersion(society.version())
        .build();
  }

  static ListFactionsResponse factions(Society society) {
    var answer = ListFactionsResponse.newBuilder().setVersion(society.version());
    for (Member member : society.powers().ranking()) {
      answer.addFactions(faction(society.powers(), member.id()));
    }
    return answer.build();
  }

  /** A faction that is there. */
  static Faction faction(Powers powers, String id) {
    var member = powers.factions().getOrDefault(id, new Member(id, id, 0, 0, 0));
    var answer =
        Faction.newBuilder()
            .setFactionId(id)
            .setName(member.name())
            .setPowerLevel(member.level())
            .setPower(powers.power(id))
            .setMembers(member.members())
            .setAverageLevel(member.averageLevel())
            .addAllTerritoryIds(powers.territoriesOf(id));
    for (String other : powers.factions().keySet()) {
      double value = powers.relationship(id, other);
      if (value != 0) {
        answer.addRelationships(Relationship.newBuilder().setFactionId(other).setValue(value));
      }
    }
    return answer.build();
  }

  static ListConflictsResponse conflicts(Society society) {
    return ListConflictsResponse.newBuilder()
        .addAllConflicts(society.powers().conflicts())
        .setVersion(society.version())
        .build();
  }

  static ListTerritoriesResponse territories(Society society) {
    return ListTerritoriesResponse.newBuilder()
        .addAllTerritories(society.powers().territories().values())
        .setVersion(society.version())
        .build();
  }

  static ListWorldEventsResponse events(Society society, boolean activeOnly) {
    return ListWorldEventsResponse.newBuilder()
        .addAllEvents(activeOnly ? society.active() : society.events())
        .setVersion(society.version())
        .build();
  }
}
