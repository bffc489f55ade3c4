package io.bodybroker.worldstate.society;

import io.bodybroker.worldstate.v1.EconomicEvent;
import io.bodybroker.worldstate.v1.EconomicEventType;
import io.bodybroker.worldstate.v1.Resource;
import io.bodybroker.worldstate.v1.WorldEvent;
import io.bodybroker.worldstate.v1.WorldEventDomain;
import io.bodybroker.worldstate.v1.WorldEventType;
import java.util.ArrayList;
import java.util.List;

/** What world events are, when they come, and what they do when they end. */
final class Happening {
  /** How likely one begins on a day. */
  static final double LIKELY = 0.35;

  private static final double LEAST_INTENSITY = 0.2;
  private static final double OWN_DOMAIN = 1.2;
  private static final double OTHER_DOMAIN = 0.8;

  private Happening() {}

  static WorldEventDomain domain(WorldEventType type) {
    return switch (type) {
      case MARKET_VOLATILITY, RESOURCE_SCARCITY, TRADE_INTERRUPTION -> WorldEventDomain.ECONOMIC;
      case FACTION_CONFLICT, LEADERSHIP_CHANGE, POLICY_CHANGE -> WorldEventDomain.POLITICAL;
      case POPULATION_MIGRATION, CULTURAL_SHIFT, SOCIAL_UNREST -> WorldEventDomain.SOCIAL;
      case WEATHER_EXTREME, DISASTER, RICH_FIND -> WorldEventDomain.NATURAL;
      case INNOVATION, BREAKTHROUGH, SYSTEM_FAILURE -> WorldEventDomain.TECHNOLOGICAL;
      case WORLD_EVENT_TYPE_UNSPECIFIED, UNRECOGNIZED ->
          WorldEventDomain.WORLD_EVENT_DOMAIN_UNSPECIFIED;
    };
  }

  /**
   * How many days it lasts: the seconds of the rules at 60 times real time, in whole days of the
   * game.
   */
  static int days(WorldEventDomain domain) {
    return switch (domain) {
      case ECONOMIC -> 3;
      case POLITICAL -> 5;
      case SOCIAL -> 2;
      case NATURAL -> 10;
      case TECHNOLOGICAL -> 8;
      case WORLD_EVENT_DOMAIN_UNSPECIFIED, UNRECOGNIZED -> 1;
    };
  }

  private static double weight(WorldEventDomain domain) {
    return switch (domain) {
      case ECONOMIC -> 0.30;
      case POLITICAL -> 0.25;
      case SOCIAL -> 0.20;
      case NATURAL -> 0.15;
      case TECHNOLOGICAL -> 0.10;
      case WORLD_EVENT_DOMAIN_UNSPECIFIED, UNRECOGNIZED -> 0;
    };
  }

  static WorldEvent begin(String id, WorldEventType type, double intensity, long day) {
    var domain = domain(type);
    return WorldEvent.newBuilder()
        .setEventId(id)
        .setType(type)
        .setDomain(domain)
        .setIntensity(intensity)
        .setImpact(impact(intensity, true))
        .setStartDay(day)
        .setEndDay(day + days(domain))
        .build();
  }

  static double impact(double intensity, boolean isOwnDomain) {
    return 0.5 * intensity * (isOwnDomain ? OWN_DOMAIN : OTHER_DOMAIN);
  }

  /** Those that begin on a day of a timeline: none or one. */
  static List<WorldEvent> drawn(Society.Day on, Chance chance) {
    if (chance.at(0).fraction() >= LIKELY) {
      return List.of();
    }
    var types = ofDomain(domain(chance.at(1).fraction()));
    var type = types.get(chance.at(2).below(types.size()));
    double intensity = LEAST_INTENSITY + (1 - LEAST_INTENSITY) * chance.at(3).fraction();
    return List.of(
        begin("day-%d-%d".formatted(on.timeline(), on.day()), type, intensity, on.day()));
  }

  private static WorldEventDomain domain(double fraction) {
    double left = fraction;
    for (WorldEventDomain domain : WorldEventDomain.values()) {
      left -= weight(domain);
      if (left < 0) {
        return domain;
      }
    }
    return WorldEventDomain.TECHNOLOGICAL;
  }

  private static List<WorldEventType> ofDomain(WorldEventDomain domain) {
    var types = new ArrayList<WorldEventType>();
    for (WorldEventType type : WorldEventType.values()) {
      if (domain(type) == domain) {
        types.add(type);
      }
    }
    return types;
  }

  /** A society after an event had its impact. */
  static Society ended(Society before, WorldEvent event, long day, Chance chance) {
    double own = impact(event.getIntensity(), true);
    double other = impact(event.getIntensity(), false);
    var market = before.market();
    var powers = before.powers();
    var resource = Goods.ALL.get(chance.at(0).below(Goods.ALL.size())).resource();
    return switch (event.getType()) {
      case MARKET_VOLATILITY ->
          before.with(
              market.after(
                  economic(
                      chance.at(1).fraction() < 0.5
                          ? EconomicEventType.MARKET_CRASH
                          : EconomicEventType.MARKET_BOOM,
                      own,
                      Resource.RESOURCE_UNSPECIFIED,
                      day)));
      case RESOURCE_SCARCITY ->
          before.with(market.withPricesRaised(resource, own).withAvailability(-own / 2));
      case TRADE_INTERRUPTION ->
          before.with(
              market.after(
                  economic(
                      EconomicEventType.TRADE_DISRUPTION,
                      own,
                      Resource.RESOURCE_UNSPECIFIED,
                      day)));
      case FACTION_CONFLICT -> before.with(related(powers, chance, -own));
      case LEADERSHIP_CHANGE ->
          before.with(powers.withPower(one(powers, chance.at(1)), chance.at(2).swing() * own / 4));
      case POLICY_CHANGE -> before.with(market.withInflation(chance.at(1).swing() * other / 10));
      case POPULATION_MIGRATION -> before.with(migrated(powers, chance, own));
      case CULTURAL_SHIFT -> before.with(related(powers, chance, own / 2));
      case SOCIAL_UNREST -> before.with(market.withStability(-other / 2));
      case WEATHER_EXTREME ->
          before.with(
              market.withPricesRaised(Resource.FOOD, other / 2).withAvailability(-other / 4));
      case DISASTER -> before.with(market.withStability(-other / 2).withAvailability(-other / 2));
      case RICH_FIND ->
          before.with(
              market.after(economic(EconomicEventType.RESOURCE_DISCOVERY, other, resource, day)));
      case INNOVATION -> before.with(market.withPricesRaised(Resource.TECHNOLOGY, -other / 4));
      case BREAKTHROUGH ->
          before.with(
              market.withPricesRaised(Resource.TECHNOLOGY, -other / 2).withStability(other / 4));
      case SYSTEM_FAILURE ->
          before.with(
              market.after(
                  economic(EconomicEventType.TRADE_DISRUPTION, other, Resource.TECHNOLOGY, day)));
      case WORLD_EVENT_TYPE_UNSPECIFIED, UNRECOGNIZED -> before;
    };
  }

  private static EconomicEvent economic(
      EconomicEventType type, double intensity, Resource resource, long day) {
    return EconomicEvent.newBuilder()
        .setType(type)
        .setIntensity(Bounds.share(intensity))
        .setResource(resource)
        .setDay(day)
        .build();
  }

  /** One of the factions; empty if there is none. */
  private static String one(Powers powers, Chance chance) {
    var ids = List.copyOf(powers.factions().keySet());
    return ids.isEmpty() ? "" : ids.get(chance.below(ids.size()));
  }

  private static Powers related(Powers powers, Chance chance, double change) {
    var one = one(powers, chance.at(1));
    var other = one(powers, chance.at(2));
    return one.equals(other) ? powers : powers.withRelationship(one, other, change);
  }

  private static Powers migrated(Powers powers, Chance chance, double share) {
    var from = powers.factions().get(one(powers, chance.at(1)));
    var to = powers.factions().get(one(powers, chance.at(2)));
    if (from == null || to == null || from.equals(to)) {
      return powers;
    }
    int moved = (int) Math.round(from.members() * share / 2);
    return powers
        .with(from.withMembers(from.members() - moved))
        .with(to.withMembers(to.members() + moved));
  }
}
