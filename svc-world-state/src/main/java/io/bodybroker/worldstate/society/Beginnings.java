package io.bodybroker.worldstate.society;

import io.bodybroker.worldstate.v1.Territory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The factions and territories that every world begins with, as the game's lore has them. */
final class Beginnings {
  private static final List<Member> FACTIONS =
      List.of(
          new Member("aeternagen", "AeternaGen Corp", 70, 12, 0.6),
          new Member("sombra_cartel", "Sombra Cartel", 55, 10, 0.5),
          new Member("chrome_skulls", "Chrome Skulls", 35, 8, 0.4),
          new Member("praetorians", "Praetorians", 60, 10, 0.7),
          new Member("dawn_court", "Court of Dawn", 50, 6, 0.8),
          new Member("dusk_court", "Court of Dusk", 50, 6, 0.8),
          new Member("house_crimson", "House Crimson", 60, 5, 0.9),
          new Member("house_obsidian", "House Obsidian", 45, 5, 0.8));

  private Beginnings() {}

  static Powers powers() {
    var factions = new TreeMap<String, Member>();
    FACTIONS.forEach(faction -> factions.put(faction.id(), faction));
    var relationships = new TreeMap<Pair, Double>();
    relationships.put(Pair.of("aeternagen", "praetorians"), 0.3);
    relationships.put(Pair.of("aeternagen", "dusk_court"), 0.1);
    relationships.put(Pair.of("praetorians", "sombra_cartel"), -0.6);
    relationships.put(Pair.of("chrome_skulls", "sombra_cartel"), -0.2);
    relationships.put(Pair.of("dawn_court", "dusk_court"), -0.4);
    relationships.put(Pair.of("house_crimson", "house_obsidian"), -0.3);
    var territories = new TreeMap<String, Territory>();
    put(territories, "spire", "aeternagen", 6);
    put(territories, "port_district", "sombra_cartel", 6);
    put(territories, "rustbelt", "chrome_skulls", 6);
    put(territories, "veils_edge", "", 0);
    put(territories, "crossroads_market", "", 0);
    return new Powers(factions, relationships, territories);
  }

  private static void put(
      Map<String, Territory> territories, String id, String owner, int members) {
    territories.put(
        id,
        Territory.newBuilder()
            .setTerritoryId(id)
            .setOwnerFactionId(owner)
            .setMembers(members)
            .build());
  }
}
