package io.bodybroker.worldstate.society;

import io.bodybroker.worldstate.v1.Conflict;
import io.bodybroker.worldstate.v1.Resolution;
import io.bodybroker.worldstate.v1.Territory;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who has power: factions, what they have with each other, and their territories.
 *
 * @param factions by id
 * @param relationships -1 to 1; pairs that have nothing with each other are left out
 * @param territories by id
 */
public record Powers(
    SortedMap<String, Member> factions,
    SortedMap<Pair, Double> relationships,
    SortedMap<String, Territory> territories) {
  static final double CONFLICT = -0.5;

  private static final double A_TERRITORY = 0.1;
  private static final double A_RELATIONSHIP = 0.05;
  private static final double A_MEMBER = 0.02;
  private static final double A_MEMBER_THERE = 0.01;
  private static final double MOST_OF_MEMBERS = 0.3;
  private static final double AT_HOME = 0.2;
  private static final double TO_TAKE_OVER = 0.1;
  private static final double TO_CLAIM = 0.3;

  /** Copies the maps. */
  public Powers {
    factions = Collections.unmodifiableSortedMap(new TreeMap<>(factions));
    relationships = Collections.unmodifiableSortedMap(new TreeMap<>(relationships));
    territories = Collections.unmodifiableSortedMap(new TreeMap<>(territories));
  }

  /** How a claim went. */
  public record Claim(Powers after, boolean isOwned, double strength, double ownerStrength) {}

  /** What two factions have with each other; 0 if nothing. */
  public double relationship(String one, String other) {
    return relationships.getOrDefault(Pair.of(one, other), 0.0);
  }

  /** How powerful a faction appears, 0 to 1. */
  public double power(String faction) {
    var member = factions.get(faction);
    if (member == null) {
      return 0;
    }
    double friends = 0;
    for (Map.Entry<Pair, Double> each : relationships.entrySet()) {
      friends += each.getKey().has(faction) ? each.getValue() : 0;
    }
    long owned = territories.values().stream().filter(owned(faction)).count();
    return Bounds.share(
        member.level() / 100
            + A_TERRITORY * owned
            + A_RELATIONSHIP * friends
            + A_MEMBER * member.members() * member.averageLevel());
  }

  private static java.util.function.Predicate<Territory> owned(String faction) {
    return territory -> territory.getOwnerFactionId().equals(faction);
  }

  /** The territories of a faction, by id. */
  public List<String> territoriesOf(String faction) {
    return territories.values().stream()
        .filter(owned(faction))
        .map(Territory::getTerritoryId)
        .toList();
  }

  /** All factions, the most powerful first, of equals the one whose id comes first. */
  public List<Member> ranking() {
    return factions.values().stream()
        .sorted(
            Comparator.comparingDouble((Member member) -> -power(member.id()))
                .thenComparing(Member::id))
        .toList();
  }

  /** Who fights whom, the worst first. */
  public List<Conflict> conflicts() {
    return relationships.entrySet().stream()
        .filter(each -> each.getValue() < CONFLICT)
        .sorted(
            Map.Entry.<Pair, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(each ->
            Conflict.newBuilder()
                .setFactionId(each.getKey().first())
                .setOtherFactionId(each.getKey().second())
                .setSeverity(-each.getValue())
                .build())
        .toList();
  }

  /** Whether two factions fight. */
  public boolean isConflict(String one, String other) {
    return relationship(one, other) < CONFLICT;
  }

  Powers with(Member member) {
    var next = new TreeMap<>(factions);
    next.put(member.id(), member);
    return new Powers(next, relationships, territories);
  }

  /** With a faction more or less powerful: a change of 0.05 is 5 of 100. */
  Powers withPower(String faction, double change) {
    var member = factions.get(faction);
    return member == null ? this : with(member.withLevel(member.level() + change * 100));
  }

  Powers withRelationship(String one, String other, double change) {
    var pair = Pair.of(one, other);
    var next = new TreeMap<>(relationships);
    double value = Bounds.clamp(relationship(one, other) + change, -1, 1);
    if (value == 0) {
      next.remove(pair);
    } else {
      next.put(pair, value);
    }
    return new Powers(factions, next, territories);
  }

  /** What a resolution adds to what two factions have with each other. */
  static double gain(Resolution resolution) {
    return switch (resolution) {
      case NEGOTIATION -> 0.2;
      case WAR -> -0.3;
      case ALLIANCE -> 0.5;
      case RESOLUTION_UNSPECIFIED, UNRECOGNIZED -> 0;
    };
  }

  /**
   * After a faction claimed a territory, which is made if there is none.
   *
   * @param members how many it brings
   */
  Claim claim(String territoryId, String faction, int members) {
    var territory =
        territories.getOrDefault(
            territoryId, Territory.newBuilder().setTerritoryId(territoryId).build());
    var owner = Optional.of(territory.getOwnerFactionId()).filter(id -> !id.isEmpty());
    boolean isOwners = owner.filter(faction::equals).isPresent();
    double strength = strength(faction, members) + (isOwners ? AT_HOME : 0);
    double ownerStrength =
        owner.map(id -> strength(id, territory.getMembers()) + AT_HOME).orElse(0.0);
    boolean isTaken =
        owner.isEmpty() ? strength > TO_CLAIM : strength > ownerStrength + TO_TAKE_OVER;
    boolean isOwned = isTaken || isOwners;
    var next = new TreeMap<>(territories);
    next.put(
        territoryId,
        isOwned
            ? territory.toBuilder().setOwnerFactionId(faction).setMembers(members).build()
            : territory);
    return new Claim(new Powers(factions, relationships, next), isOwned, strength, ownerStrength);
  }

  private double strength(String faction, int members) {
    return power(faction) + Math.min(A_MEMBER_THERE * members, MOST_OF_MEMBERS);
  }
}
