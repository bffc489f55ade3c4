package io.bodybroker.worldstate;

import io.bodybroker.worldstate.society.Market;
import io.bodybroker.worldstate.society.Member;
import io.bodybroker.worldstate.society.Pair;
import io.bodybroker.worldstate.society.Powers;
import io.bodybroker.worldstate.society.Society;
import io.bodybroker.worldstate.state.v1.StoredDay;
import io.bodybroker.worldstate.state.v1.StoredFaction;
import io.bodybroker.worldstate.state.v1.StoredRelationship;
import io.bodybroker.worldstate.state.v1.StoredSociety;
import io.bodybroker.worldstate.v1.Territory;
import java.util.Optional;
import java.util.TreeMap;

/** A society as it is stored, and back. */
final class SocietyDocument {
  private SocietyDocument() {}

  static Society read(StoredSociety stored) {
    var factions = new TreeMap<String, Member>();
    for (StoredFaction each : stored.getFactionsList()) {
      factions.put(
          each.getFactionId(),
          new Member(
              each.getFactionId(),
              each.getName(),
              each.getPowerLevel(),
              each.getMembers(),
              each.getAverageLevel()));
    }
    var relationships = new TreeMap<Pair, Double>();
    for (StoredRelationship each : stored.getRelationshipsList()) {
      relationships.put(Pair.of(each.getFirst(), each.getSecond()), each.getValue());
    }
    var territories = new TreeMap<String, Territory>();
    for (Territory each : stored.getTerritoriesList()) {
      territories.put(each.getTerritoryId(), each);
    }
    return new Society(
        stored.getVersion(),
        stored.hasLastDay()
            ? Optional.of(
                new Society.Day(stored.getLastDay().getDay(), stored.getLastDay().getTimeline()))
            : Optional.empty(),
        new Market(stored.getEconomy()),
        new Powers(factions, relationships, territories),
        stored.getEventsList());
  }

  static StoredSociety write(Society society) {
    var stored =
        StoredSociety.newBuilder()
            .setVersion(society.version())
            .setEconomy(society.market().economy())
            .addAllTerritories(society.powers().territories().values())
            .addAllEvents(society.events());
    society
        .lastDay()
        .ifPresent(day ->
            stored.setLastDay(
                StoredDay.newBuilder().setDay(day.day()).setTimeline(day.timeline())));
    for (Member each : society.powers().factions().values()) {
      stored.addFactions(
          StoredFaction.newBuilder()
              .setFactionId(each.id())
              .setName(each.name())
              .setPowerLevel(each.level())
              .setMembers(each.members())
              .setAverageLevel(each.averageLevel()));
    }
    society
        .powers()
        .relationships()
        .forEach((pair, value) ->
            stored.addRelationships(
                StoredRelationship.newBuilder()
                    .setFirst(pair.first())
                    .setSecond(pair.second())
                    .setValue(value)));
    return stored.build();
  }
}
