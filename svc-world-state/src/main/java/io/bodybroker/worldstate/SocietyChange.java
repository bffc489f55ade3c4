package io.bodybroker.worldstate;

import io.bodybroker.worldstate.society.Powers;
import io.bodybroker.worldstate.society.Society;
import io.bodybroker.worldstate.v1.Conflict;
import io.bodybroker.worldstate.v1.SocietyChanged;
import io.bodybroker.worldstate.v1.Territory;
import io.bodybroker.worldstate.v1.WorldEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is told of a society that has become another.
 *
 * @param before what it was
 * @param after what it is
 * @param daysLived how many days it lived in between
 */
record SocietyChange(Society before, Society after, int daysLived) {
  SocietyChanged told() {
    var told =
        SocietyChanged.newBuilder()
            .setVersion(after.version())
            .setDay(after.day())
            .setDaysLived(daysLived)
            .addAllChangedFactionIds(changedFactions())
            .addAllConflictsBegun(conflictsOnlyIn(after.powers(), before.powers()))
            .addAllConflictsEnded(conflictsOnlyIn(before.powers(), after.powers()))
            .addAllTerritoriesTaken(territoriesTaken());
    if (!after.market().equals(before.market())) {
      told.setEconomy(after.market().economy());
    }
    Map<String, WorldEvent> known = new HashMap<>();
    before.events().forEach(event -> known.put(event.getEventId(), event));
    for (WorldEvent event : after.events()) {
      var earlier = known.get(event.getEventId());
      if (earlier == null) {
        told.addEventsBegun(event);
      }
      if (event.getCompleted() && (earlier == null || !earlier.getCompleted())) {
        told.addEventsCompleted(event);
      }
    }
    return told.build();
  }

  private Set<String> changedFactions() {
    var changed = new TreeSet<String>();
    var old = before.powers();
    var now = after.powers();
    now.factions()
        .forEach((id, faction) -> {
          if (!faction.equals(old.factions().get(id))) {
            changed.add(id);
          }
        });
    var pairs = new HashSet<>(old.relationships().keySet());
    pairs.addAll(now.relationships().keySet());
    pairs.removeIf(
        pair -> Objects.equals(old.relationships().get(pair), now.relationships().get(pair)));
    pairs.forEach(pair -> {
      changed.add(pair.first());
      changed.add(pair.second());
    });
    return changed;
  }

  private static List<Conflict> conflictsOnlyIn(Powers one, Powers other) {
    return one.conflicts().stream()
        .filter(
            conflict -> !other.isConflict(conflict.getFactionId(), conflict.getOtherFactionId()))
        .toList();
  }

  private List<Territory> territoriesTaken() {
    return after.powers().territories().values().stream()
        .filter(territory -> {
          var old = before.powers().territories().get(territory.getTerritoryId());
          String owner = old == null ? "" : old.getOwnerFactionId();
          return !territory.getOwnerFactionId().equals(owner);
        })
        .toList();
  }
}
