package io.bodybroker.worldstate.society;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.worldstate.v1.EconomicEvent;
import io.bodybroker.worldstate.v1.Resolution;
import io.bodybroker.worldstate.v1.WorldEvent;
import io.bodybroker.worldstate.v1.WorldEventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The society of a world at one version. What happens to it makes the next one.
 *
 * @param version 0 if nothing has happened yet
 * @param lastDay the day it has lived; empty if none
 * @param market its economy
 * @param powers its factions and territories
 * @param events world events, the latest first
 */
public record Society(
    long version, Optional<Day> lastDay, Market market, Powers powers, List<WorldEvent> events) {
  /** So many days that passed together are lived; of more, the last. */
  static final int MOST_DAYS = 30;

  static final int MAX_FACTIONS = 64;
  static final int MAX_TERRITORIES = 128;
  static final int EVENTS_KEPT = 32;
  static final int MAX_ACTIVE_EVENTS = 16;

  /**
   * A day of a world's clock.
   *
   * @param day counted from the first of the calendar as 0
   * @param timeline counts how often the clock has jumped
   */
  public record Day(long day, long timeline) {}

  /** Copies the list. */
  public Society {
    events = List.copyOf(events);
  }

  /** What every world begins with. */
  public static Society initial() {
    return new Society(0, Optional.empty(), Market.initial(), Beginnings.powers(), List.of());
  }

  /** The day it is; 0 if none was lived. */
  public long day() {
    return lastDay.map(Day::day).orElse(0L);
  }

  Society with(Market next) {
    return new Society(version, lastDay, next, powers, events);
  }

  Society with(Powers next) {
    return new Society(version, lastDay, market, next, events);
  }

  private Society with(List<WorldEvent> next) {
    return new Society(version, lastDay, market, powers, next);
  }

  private Society at(Day day) {
    return new Society(version, Optional.of(day), market, powers, events);
  }

  private Society nextVersion() {
    return new Society(version + 1, lastDay, market, powers, events);
  }

  /**
   * After the days that a clock has passed. A day that was lived is not lived again, in whatever
   * order and however often it is told; on a clock that was set back, days are lived from there.
   *
   * @param from the day it was
   * @param to the day it is, on its timeline
   * @return this very society if there is no day to live
   */
  public Society live(long from, Day to, Chance world) {
    if (lastDay.isEmpty()) {
      return with(moved(from)).lived(Math.max(from + 1, to.day() - MOST_DAYS + 1), to, world);
    }
    var last = lastDay.get();
    if (to.timeline() < last.timeline()) {
      return this; // told late: the clock was set since
    }
    if (to.timeline() > last.timeline() && to.day() < last.day()) {
      return with(moved(to.day() - last.day())).at(to).nextVersion();
    }
    if (to.day() <= last.day()) {
      return this;
    }
    return lived(Math.max(last.day() + 1, to.day() - MOST_DAYS + 1), to, world);
  }

  /**
   * How many days it has lived since it was another.
   *
   * @param from the day it was, if that one had lived none
   */
  public int daysSince(Society before, long from) {
    long days = day() - before.lastDay().map(Day::day).orElse(from);
    return (int) Math.clamp(days, 0L, (long) MOST_DAYS);
  }

  /** Events keep what is left of them when the count of days changes under them. */
  private List<WorldEvent> moved(long days) {
    return events.stream()
        .map(event ->
            event.getCompleted()
                ? event
                : event.toBuilder()
                    .setStartDay(Math.max(0, event.getStartDay() + days))
                    .setEndDay(Math.max(0, event.getEndDay() + days))
                    .build())
        .toList();
  }

  private Society lived(long first, Day to, Chance world) {
    Society society = this;
    for (long day = first; day <= to.day(); day++) {
      society = society.dayLater(new Day(day, to.timeline()), world.at(day));
    }
    return society.at(to).nextVersion();
  }

  /** What is over ends, the market goes on, and something may begin. */
  private Society dayLater(Day today, Chance chance) {
    long day = today.day();
    Society society = this;
    var next = new ArrayList<WorldEvent>();
    for (WorldEvent event : events) {
      boolean isOver = !event.getCompleted() && event.getEndDay() <= day;
      next.add(isOver ? event.toBuilder().setCompleted(true).build() : event);
      if (isOver) {
        society = Happening.ended(society, event, day, chance.at(1).at(next.size()));
      }
    }
    society = society.with(next).with(society.market().dayLater(chance.at(2)));
    for (WorldEvent event : Happening.drawn(today, chance.at(3))) {
      society = society.active().size() < MAX_ACTIVE_EVENTS ? society.begun(event) : society;
    }
    return society;
  }

  /** World events that go on. */
  public List<WorldEvent> active() {
    return events.stream().filter(event -> !event.getCompleted()).toList();
  }

  private Society begun(WorldEvent event) {
    var next = new ArrayList<>(List.of(event));
    next.addAll(events);
    for (int i = next.size() - 1; i > 0 && next.size() > EVENTS_KEPT; i--) {
      if (next.get(i).getCompleted()) {
        next.remove(i);
      }
    }
    return with(next);
  }

  /** After something happened to its economy today. */
  public Society after(EconomicEvent event) {
    return with(market.after(event.toBuilder().setDay(day()).build())).nextVersion();
  }

  /** After so many parts of a body came to market. */
  public Society supplied(int parts) {
    return with(market.supplied(parts)).nextVersion();
  }

  /**
   * With a faction as it shall be.
   *
   * @throws ServiceException {@code RESOURCE_EXHAUSTED} if there is no room for another
   */
  public Society withFaction(Member faction) {
    if (!powers.factions().containsKey(faction.id()) && powers.factions().size() >= MAX_FACTIONS) {
      throw full("factions", MAX_FACTIONS);
    }
    return with(powers.with(faction)).nextVersion();
  }

  private static ServiceException full(String what, int most) {
    return ServiceException.builder(
            ErrorCode.RESOURCE_EXHAUSTED,
            "the world has %d %s, as many as it can".formatted(most, what))
        .mayHaveExecuted(false)
        .build();
  }

  /** The faction of this id; one as if it were new if there is none. */
  public Member factionOrNew(String id) {
    return powers.factions().getOrDefault(id, Member.named(id));
  }

  /**
   * With a faction more or less powerful.
   *
   * @throws ServiceException {@code NOT_FOUND} if there is none
   */
  public Society withPower(String faction, double change) {
    requireFaction(faction);
    return with(powers.withPower(faction, change)).nextVersion();
  }

  /**
   * With two factions better or worse friends.
   *
   * @throws ServiceException {@code NOT_FOUND} if one of them is not there
   */
  public Society withRelationship(Pair pair, double change) {
    requireFaction(pair.first());
    requireFaction(pair.second());
    return with(powers.withRelationship(pair.first(), pair.second(), change)).nextVersion();
  }

  /**
   * With a conflict resolved.
   *
   * @throws ServiceException {@code NOT_FOUND} if a faction is not there, {@code
   *     FAILED_PRECONDITION} if they do not fight
   */
  public Society resolved(Pair pair, Resolution resolution) {
    requireFaction(pair.first());
    requireFaction(pair.second());
    if (!powers.isConflict(pair.first(), pair.second())) {
      throw ServiceException.of(
          ErrorCode.FAILED_PRECONDITION,
          "\"%s\" and \"%s\" are in no conflict: their relationship is %.2f"
              .formatted(
                  pair.first(), pair.second(), powers.relationship(pair.first(), pair.second())));
    }
    return withRelationship(pair, Powers.gain(resolution));
  }

  /** A claim, and the society after it. */
  public record Claimed(Society after, Powers.Claim claim) {}

  /**
   * After a faction claimed a territory.
   *
   * @throws ServiceException {@code NOT_FOUND} if there is no such faction, {@code
   *     RESOURCE_EXHAUSTED} if there is no room for another territory
   */
  public Claimed claimed(String territory, String faction, int members) {
    requireFaction(faction);
    if (!powers.territories().containsKey(territory)
        && powers.territories().size() >= MAX_TERRITORIES) {
      throw full("territories", MAX_TERRITORIES);
    }
    var claim = powers.claim(territory, faction, members);
    return new Claimed(with(claim.after()).nextVersion(), claim);
  }

  /**
   * With a world event that begins today, the first of its events.
   *
   * @throws ServiceException {@code RESOURCE_EXHAUSTED} if too much goes on
   */
  public Society begun(WorldEventType type, double intensity) {
    if (active().size() >= MAX_ACTIVE_EVENTS) {
      throw full("world events", MAX_ACTIVE_EVENTS);
    }
    var event = Happening.begin("started-" + (version + 1), type, intensity, day());
    return begun(event).nextVersion();
  }

  private void requireFaction(String id) {
    if (!powers.factions().containsKey(id)) {
      throw ServiceException.notFound("faction", id);
    }
  }
}
