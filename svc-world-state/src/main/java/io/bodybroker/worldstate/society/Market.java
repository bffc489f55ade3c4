package io.bodybroker.worldstate.society;

import io.bodybroker.worldstate.v1.EconomicEvent;
import io.bodybroker.worldstate.v1.EconomicEventType;
import io.bodybroker.worldstate.v1.Economy;
import io.bodybroker.worldstate.v1.Price;
import io.bodybroker.worldstate.v1.Resource;
import io.bodybroker.worldstate.v1.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The economy of a world. Prices move 24 times a day, by chance and by demand; what is dear is
 * wanted less, so that no price runs away. What was shaken recovers day by day.
 *
 * @param economy prices, and the figures of the whole
 */
public record Market(Economy economy) {
  static final double STABILITY = 0.7;
  static final double INFLATION = 0.02;
  static final double AVAILABILITY = 0.8;
  static final double TRADE_VOLUME = 1000;

  /** Of a base price. */
  static final double LEAST_PRICE = 0.1;

  static final double GREATEST_PRICE = 10;
  static final int EVENTS_KEPT = 10;
  static final int TICKS_A_DAY = 24;

  /** How much less a thing is wanted that costs twice its base price. */
  private static final double ELASTICITY = 0.5;

  private static final double PRICE_SHARE = 0.1;
  private static final double DEMAND_SHARE = 0.2;
  private static final double BALANCED = 0.5;
  private static final double NOTABLE = 0.01;
  private static final double RECOVERY = 0.05;
  private static final double SUPPLY_A_PART = 0.01;
  private static final double MOST_SUPPLY = 0.05;
  private static final double FRIENDS_DISCOUNT = 0.1;

  /** What every world begins with. */
  static Market initial() {
    var economy =
        Economy.newBuilder()
            .setStability(STABILITY)
            .setInflation(INFLATION)
            .setAvailability(AVAILABILITY)
            .setTradeVolume(TRADE_VOLUME);
    for (Goods goods : Goods.ALL) {
      economy.addPrices(
          Price.newBuilder()
              .setResource(goods.resource())
              .setPrice(goods.basePrice())
              .setBasePrice(goods.basePrice())
              .setDemand(goods.demand())
              .setTrend(Trend.STABLE));
    }
    return new Market(economy.build());
  }

  /** After one more day. */
  Market dayLater(Chance day) {
    Market market = this;
    for (int hour = 0; hour < TICKS_A_DAY; hour++) {
      Chance chance = day.at(hour);
      market = market.withPrices(price -> ticked(price, chance.at(price.getResourceValue())));
    }
    return market.recovered().withTrendsSince(this);
  }

  /** Where a price is after one tick. */
  static double ticked(Price price, Chance chance) {
    var goods = Goods.of(price.getResource());
    double dearness = price.getPrice() / price.getBasePrice() - 1;
    double wanted = Bounds.share(price.getDemand() - ELASTICITY * dearness);
    double change = goods.volatility() * chance.swing() + (wanted - BALANCED) * DEMAND_SHARE;
    return price.getPrice() * (1 + change * PRICE_SHARE);
  }

  private Market recovered() {
    double stability = toward(economy.getStability(), STABILITY);
    double availability = toward(economy.getAvailability(), AVAILABILITY);
    return new Market(
        economy.toBuilder()
            .setStability(stability)
            .setAvailability(availability)
            .setInflation(toward(economy.getInflation(), INFLATION))
            .setTradeVolume(TRADE_VOLUME * stability / STABILITY * availability / AVAILABILITY)
            .build());
  }

  private static double toward(double now, double usual) {
    return now + (usual - now) * RECOVERY;
  }

  private Market withTrendsSince(Market before) {
    var next = economy.toBuilder();
    for (Price.Builder price : next.getPricesBuilderList()) {
      double change = price.getPrice() / before.price(price.getResource()).getPrice() - 1;
      price.setTrend(
          Math.abs(change) <= NOTABLE ? Trend.STABLE : change > 0 ? Trend.RISING : Trend.FALLING);
    }
    return new Market(next.build());
  }

  /** The price of a resource. */
  public Price price(Resource resource) {
    return economy.getPricesList().stream()
        .filter(price -> price.getResource() == resource)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nobody trades " + resource));
  }

  /** With prices moved, within what they can be. */
  private Market withPrices(ToDoubleFunction<Price> move) {
    var next = economy.toBuilder();
    for (Price.Builder price : next.getPricesBuilderList()) {
      double base = price.getBasePrice();
      double moved = move.applyAsDouble(price.build());
      price.setPrice(Bounds.clamp(moved, LEAST_PRICE * base, GREATEST_PRICE * base));
    }
    return new Market(next.build());
  }

  /** With prices of one resource, or of all if it is unspecified, so much higher. */
  Market withPricesRaised(Resource resource, double share) {
    return withPrices(price ->
        resource == Resource.RESOURCE_UNSPECIFIED || price.getResource() == resource
            ? price.getPrice() * (1 + share)
            : price.getPrice());
  }

  Market withStability(double change) {
    return new Market(
        economy.toBuilder().setStability(Bounds.share(economy.getStability() + change)).build());
  }

  Market withAvailability(double change) {
    return new Market(
        economy.toBuilder()
            .setAvailability(Bounds.share(economy.getAvailability() + change))
            .build());
  }

  Market withInflation(double change) {
    return new Market(
        economy.toBuilder()
            .setInflation(Bounds.clamp(economy.getInflation() + change, -0.1, 0.5))
            .build());
  }

  /**
   * After something happened.
   *
   * @param event of which type, how strong, when, and with which resource
   */
  Market after(EconomicEvent event) {
    return effect(event.getType(), event.getIntensity(), event.getResource()).remembering(event);
  }

  private Market effect(EconomicEventType type, double intensity, Resource resource) {
    return switch (type) {
      case MARKET_CRASH ->
          withPricesRaised(resource, -0.3 * intensity).withStability(-0.2 * intensity);
      case MARKET_BOOM ->
          withPricesRaised(resource, 0.3 * intensity).withStability(0.1 * intensity);
      case RESOURCE_DISCOVERY ->
          withPricesRaised(resource, -0.1 * intensity).withAvailability(0.2 * intensity);
      case TRADE_DISRUPTION ->
          withPricesRaised(resource, 0.2 * intensity).withStability(-0.1 * intensity);
      case ECONOMIC_EVENT_TYPE_UNSPECIFIED, UNRECOGNIZED -> this;
    };
  }

  private Market remembering(EconomicEvent event) {
    List<EconomicEvent> events = new ArrayList<>(List.of(event));
    events.addAll(economy.getRecentEventsList());
    return new Market(
        economy.toBuilder()
            .clearRecentEvents()
            .addAllRecentEvents(events.subList(0, Math.min(events.size(), EVENTS_KEPT)))
            .build());
  }

  /** After so many parts of a body came to market: they are medicine. */
  Market supplied(int parts) {
    double supply = Math.min(MOST_SUPPLY, SUPPLY_A_PART * parts);
    return withPricesRaised(Resource.MEDICINE, -supply).withAvailability(supply / 2);
  }

  /**
   * What a trade is worth.
   *
   * @param relationship of those who trade, -1 to 1
   */
  public double value(Resource resource, int quantity, double relationship) {
    return price(resource).getPrice()
        * quantity
        * (0.8 + 0.4 * economy.getStability())
        * (1 + economy.getInflation())
        * (1 - discount(relationship));
  }

  /** What those are let off who have this with each other; enemies pay what strangers pay. */
  public static double discount(double relationship) {
    return FRIENDS_DISCOUNT * Math.max(0, relationship);
  }
}
