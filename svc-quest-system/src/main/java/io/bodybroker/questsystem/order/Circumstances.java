package io.bodybroker.questsystem.order;

import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.MoralPath;
import io.bodybroker.common.v1.DayPhase;
import io.bodybroker.common.v1.MoonPhase;
import io.bodybroker.common.v1.Season;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a quest is made from, beside difficulty and seed.
 *
 * @param player whose quest
 * @param level the player's level, from 1
 * @param reputation what quests have earned, from 0
 * @param families who has orders for the player; at least one
 * @param path what the player's kills make of the player
 * @param world the world
 * @param flags what is so in the world
 * @param time its time
 */
public record Circumstances(
    String player,
    int level,
    long reputation,
    List<Family> families,
    MoralPath path,
    String world,
    SortedSet<String> flags,
    WorldTime time) {
  /** The time of a world, as far as quests care. */
  public record WorldTime(DayPhase phase, MoonPhase moon, Season season) {}

  /** Copies, and puts families and flags into one order. */
  public Circumstances {
    families = families.stream().distinct().sorted().toList();
    flags = new TreeSet<>(flags);
    if (families.isEmpty()) {
      throw new IllegalArgumentException("families: [] (expected: at least one)");
    }
  }

  /** With flags in any order. */
  public static SortedSet<String> flags(Collection<String> flags) {
    return new TreeSet<>(flags);
  }

  /** All of it as one text, the same for the same circumstances. */
  String text() {
    return String.join(
        "|",
        player,
        Integer.toString(level),
        Long.toString(reputation),
        families.toString(),
        path.name(),
        world,
        flags.toString(),
        time.phase().name(),
        time.moon().name(),
        time.season().name());
  }
}
