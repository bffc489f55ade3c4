package io.bodybroker.worldstate.society;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bodybroker.worldstate.v1.EconomicEvent;
import io.bodybroker.worldstate.v1.EconomicEventType;
import io.bodybroker.worldstate.v1.Price;
import io.bodybroker.worldstate.v1.Resource;
import io.bodybroker.worldstate.v1.Trend;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketTest {
  private static final Chance CHANCE = Chance.of("veridian");

  private static EconomicEvent event(EconomicEventType type, double intensity) {
    return EconomicEvent.newBuilder().setType(type).setIntensity(intensity).build();
  }

  @ParameterizedTest
  @CsvSource({
    "ENERGY, 100, 0.8", "MATERIALS, 50, 0.9", "TECHNOLOGY, 200, 0.6",
    "FOOD, 30, 1.0", "MEDICINE, 150, 0.7", "LUXURY, 300, 0.4"
  })
  void beginsWithThePricesOfQuietTimes(Resource resource, double price, double demand) {
    var there = Market.initial().price(resource);
    assertThat(there.getPrice()).isEqualTo(price);
    assertThat(there.getBasePrice()).isEqualTo(price);
    assertThat(there.getDemand()).isEqualTo(demand);
  }

  @Test
  void beginsWithTheFiguresOfQuietTimes() {
    var economy = Market.initial().economy();
    assertThat(economy.getStability()).isEqualTo(0.7);
    assertThat(economy.getInflation()).isEqualTo(0.02);
    assertThat(economy.getAvailability()).isEqualTo(0.8);
    assertThat(economy.getTradeVolume()).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "MARKET_CRASH, 1, 0.7, 0.5, 0.8",
    "MARKET_CRASH, 0.5, 0.85, 0.6, 0.8",
    "MARKET_BOOM, 1, 1.3, 0.8, 0.8",
    "RESOURCE_DISCOVERY, 1, 0.9, 0.7, 1.0",
    "TRADE_DISRUPTION, 1, 1.2, 0.6, 0.8",
    "TRADE_DISRUPTION, 0.5, 1.1, 0.65, 0.8"
  })
  void isShakenByEventsAsStrongAsTheyAre(
      EconomicEventType type, double intensity, double price, double stability, double available) {
    var after = Market.initial().after(event(type, intensity));
    assertThat(after.price(Resource.ENERGY).getPrice()).isCloseTo(100 * price, within(1e-9));
    assertThat(after.economy().getStability()).isCloseTo(stability, within(1e-9));
    assertThat(after.economy().getAvailability()).isCloseTo(available, within(1e-9));
    assertThat(after.economy().getRecentEventsList()).containsExactly(event(type, intensity));
  }

  @Test
  void leavesOtherResourcesAloneIfOneIsMeant() {
    var crash = event(EconomicEventType.MARKET_CRASH, 1).toBuilder().setResource(Resource.FOOD);
    var after = Market.initial().after(crash.build());
    assertThat(after.price(Resource.FOOD).getPrice()).isCloseTo(21, within(1e-9));
    assertThat(after.price(Resource.ENERGY).getPrice()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.5, 0.05", "1, 0.1", "-1, 0"})
  void letsFriendsOffUpToATenth(double relationship, double discount) {
    assertThat(Market.discount(relationship)).isCloseTo(discount, within(1e-12));
    // 100 x 10 x (0.8 + 0.4 x 0.7) x 1.02
    assertThat(Market.initial().value(Resource.ENERGY, 10, relationship))
        .isCloseTo(1101.6 * (1 - discount), within(1e-9));
  }

  @Test
  void hasCheaperMedicineWhenPartsOfBodiesComeToMarket() {
    assertThat(Market.initial().supplied(2).price(Resource.MEDICINE).getPrice())
        .isCloseTo(147, within(1e-9));
    assertThat(Market.initial().supplied(500).price(Resource.MEDICINE).getPrice())
        .isCloseTo(142.5, within(1e-9));
  }

  @Test
  void movesAPriceByAtMostThreePercentATick() {
    for (Price price : Market.initial().economy().getPricesList()) {
      for (int i = 0; i < 200; i++) {
        double change = Market.ticked(price, CHANCE.at(i)) / price.getPrice() - 1;
        assertThat(Math.abs(change)).isLessThan(0.03);
      }
    }
  }

  @Test
  void saysThatAPriceRisesOrFallsIfItMovedByMoreThanOnePercentInADay() {
    var day = Market.initial().dayLater(CHANCE);
    for (Price price : day.economy().getPricesList()) {
      double change = price.getPrice() / price.getBasePrice() - 1;
      var expected =
          Math.abs(change) <= 0.01 ? Trend.STABLE : change > 0 ? Trend.RISING : Trend.FALLING;
      assertThat(price.getTrend()).as("%s by %s", price.getResource(), change).isEqualTo(expected);
    }
    assertThat(day.economy().getPricesList())
        .extracting(Price::getTrend)
        .contains(Trend.RISING)
        .isNotEqualTo(List.of());
  }

  @Test
  void comesToRestWherePriceAndDemandAgree() {
    var market = Market.initial();
    for (int day = 0; day < 400; day++) {
      market = market.dayLater(CHANCE.at(day));
    }
    // What is wanted most ends up at twice its price, what is wanted least below it.
    assertThat(market.price(Resource.FOOD).getPrice() / 30).isBetween(1.7, 2.3);
    assertThat(market.price(Resource.LUXURY).getPrice() / 300).isBetween(0.5, 1.1);
  }

  @Test
  void livesTheSameDayAlike() {
    assertThat(Market.initial().dayLater(CHANCE)).isEqualTo(Market.initial().dayLater(CHANCE));
    assertThat(Market.initial().dayLater(CHANCE))
        .isNotEqualTo(Market.initial().dayLater(CHANCE.at(1)));
  }

  @Property(tries = 60)
  void keepsAllFiguresWithinTheirBounds(
      @ForAll long seed,
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 5) Integer> steps,
      @ForAll @DoubleRange(min = 0.01, max = 1) double intensity) {
    var market = Market.initial();
    int number = 0;
    for (int step : steps) {
      market =
          switch (step) {
            case 0 -> market.dayLater(new Chance(seed).at(number));
            case 5 -> market.supplied(number);
            default -> market.after(event(EconomicEventType.forNumber(step), intensity));
          };
      number++;
      var economy = market.economy();
      assertThat(economy.getStability()).isBetween(0.0, 1.0);
      assertThat(economy.getAvailability()).isBetween(0.0, 1.0);
      assertThat(economy.getInflation()).isBetween(-0.1, 0.5);
      assertThat(economy.getRecentEventsCount()).isLessThanOrEqualTo(10);
      assertThat(economy.getPricesList())
          .hasSize(6)
          .allSatisfy(price ->
              assertThat(price.getPrice())
                  .isGreaterThanOrEqualTo(price.getBasePrice() * 0.1)
                  .isLessThanOrEqualTo(price.getBasePrice() * 10));
    }
  }
}
