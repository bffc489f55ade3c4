package io.bodybroker.worldstate.society;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.worldstate.v1.Resolution;
import io.bodybroker.worldstate.v1.WorldEvent;
import io.bodybroker.worldstate.v1.WorldEventDomain;
import io.bodybroker.worldstate.v1.WorldEventType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocietyTest {
  private static final Chance CHANCE = Chance.of("veridian");

  private static Society live(Society society, long from, long to) {
    return society.live(from, new Society.Day(to, 0), CHANCE);
  }

  @Test
  void livesEachDayAfterTheFirstOnceHoweverOftenAndInWhateverOrderTheyAreTold() {
    var inOrder = live(live(live(Society.initial(), 10, 11), 11, 12), 12, 13);
    var random = new Random(7);
    for (int i = 0; i < 20; i++) {
      var days = new ArrayList<>(List.of(12L, 13L, 12L, 13L, 11L));
      Collections.shuffle(days, random);
      var society = live(Society.initial(), 10, 11);
      for (long day : days) {
        society = live(society, day - 1, day);
      }
      assertThat(withoutVersion(society)).isEqualTo(withoutVersion(inOrder));
    }
  }

  private static Society withoutVersion(Society society) {
    return new Society(0, society.lastDay(), society.market(), society.powers(), society.events());
  }

  @Test
  void isTheSameSocietyIfThereIsNoDayToLive() {
    var lived = live(Society.initial(), 10, 11);
    assertThat(live(lived, 10, 11)).isSameAs(lived);
    assertThat(live(lived, 8, 9)).isSameAs(lived);
  }

  @Test
  void livesDaysThatPassedTogetherAsIfTheyHadPassedOneByOne() {
    var together = live(Society.initial(), 10, 20);
    var oneByOne = Society.initial();
    for (long day = 11; day <= 20; day++) {
      oneByOne = live(oneByOne, day - 1, day);
    }
    assertThat(withoutVersion(together)).isEqualTo(withoutVersion(oneByOne));
    assertThat(together.version()).isEqualTo(1);
    assertThat(oneByOne.version()).isEqualTo(10);
  }

  @Test
  void saysHowManyDaysItHasLived() {
    var lived = live(Society.initial(), 10, 15);
    assertThat(lived.daysSince(Society.initial(), 10)).isEqualTo(5);
    assertThat(live(lived, 15, 17).daysSince(lived, 15)).isEqualTo(2);
    assertThat(live(lived, 15, 500).daysSince(lived, 15)).isEqualTo(Society.MOST_DAYS);
    var back = lived.live(15, new Society.Day(3, 1), CHANCE);
    assertThat(back.daysSince(lived, 15)).isZero();
    assertThat(lived.withPower("aeternagen", 0.1).daysSince(lived, 15)).isZero();
  }

  @Test
  void livesTheLastThirtyOfManyDaysThatPassedTogether() {
    var begun = live(Society.initial(), 10, 11);
    var jumped = begun.live(11, new Society.Day(100_000, 1), CHANCE);
    assertThat(jumped.day()).isEqualTo(100_000);
    assertThat(jumped.events()).hasSizeLessThanOrEqualTo(Society.MOST_DAYS);
  }

  @Test
  void livesDaysAgainOnAClockThatWasSetBack() {
    var lived = live(Society.initial(), 10, 20);
    var back = lived.live(20, new Society.Day(5, 1), CHANCE);
    assertThat(back.day()).isEqualTo(5);
    assertThat(back.market()).isEqualTo(lived.market());
    var on = back.live(5, new Society.Day(6, 1), CHANCE);
    assertThat(on.market()).isNotEqualTo(back.market());
    // What is told of the old clock comes too late.
    assertThat(on.live(20, new Society.Day(21, 0), CHANCE)).isSameAs(on);
  }

  @Test
  void beginsAndEndsEachWorldEventOnceAlsoIfAClockIsSetBack() {
    var begun = new HashSet<String>();
    var ended = new HashSet<String>();
    var society = Society.initial();
    for (int timeline = 0; timeline < 6; timeline++) {
      for (long day = 10; day <= 40; day++) {
        var after = society.live(day - 1, new Society.Day(day, timeline), CHANCE);
        note(society, after, begun, ended);
        society = after;
      }
    }
    assertThat(begun).hasSizeGreaterThan(30);
    assertThat(ended).hasSizeGreaterThan(30);
    assertThat(begun).containsAll(ended);
  }

  private static void note(Society before, Society after, Set<String> begun, Set<String> ended) {
    var ids = after.events().stream().map(WorldEvent::getEventId).toList();
    assertThat(ids).doesNotHaveDuplicates();
    var known =
        before.events().stream()
            .collect(Collectors.toMap(WorldEvent::getEventId, WorldEvent::getCompleted));
    for (WorldEvent event : after.events()) {
      String id = event.getEventId();
      if (!known.containsKey(id)) {
        assertThat(begun.add(id)).as("%s begins for the first time", id).isTrue();
      }
      if (event.getCompleted() && !known.getOrDefault(id, false)) {
        assertThat(ended.add(id)).as("%s ends for the first time", id).isTrue();
      }
    }
  }

  @Test
  void letsAnEventEndWhenItsDaysAreOverAndHaveItsImpactThen() {
    var society = live(Society.initial(), 10, 11).begun(WorldEventType.SOCIAL_UNREST, 1);
    var event = society.events().getFirst();
    assertThat(event.getStartDay()).isEqualTo(11);
    assertThat(event.getEndDay()).isEqualTo(13);
    assertThat(event.getImpact()).isCloseTo(0.6, within(1e-12));
    assertThat(find(live(society, 11, 12), event).getCompleted()).isFalse();
    var over = live(society, 11, 13);
    assertThat(find(over, event).getCompleted()).isTrue();
    var without = live(live(Society.initial(), 10, 11), 11, 13);
    assertThat(over.market().economy().getStability())
        .isLessThan(without.market().economy().getStability());
  }

  private static WorldEvent find(Society society, WorldEvent event) {
    return society.events().stream()
        .filter(each -> each.getEventId().equals(event.getEventId()))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "MARKET_VOLATILITY, ECONOMIC, 3", "RESOURCE_SCARCITY, ECONOMIC, 3",
    "TRADE_INTERRUPTION, ECONOMIC, 3", "FACTION_CONFLICT, POLITICAL, 5",
    "LEADERSHIP_CHANGE, POLITICAL, 5", "POLICY_CHANGE, POLITICAL, 5",
    "POPULATION_MIGRATION, SOCIAL, 2", "CULTURAL_SHIFT, SOCIAL, 2",
    "SOCIAL_UNREST, SOCIAL, 2", "WEATHER_EXTREME, NATURAL, 10",
    "DISASTER, NATURAL, 10", "RICH_FIND, NATURAL, 10",
    "INNOVATION, TECHNOLOGICAL, 8", "BREAKTHROUGH, TECHNOLOGICAL, 8",
    "SYSTEM_FAILURE, TECHNOLOGICAL, 8"
  })
  void knowsOfWhatKindAWorldEventIsAndHowLongItLasts(
      WorldEventType type, WorldEventDomain domain, int days) {
    assertThat(Happening.domain(type)).isEqualTo(domain);
    assertThat(Happening.days(domain)).isEqualTo(days);
    var society = Society.initial().begun(type, 1);
    // Each does something when it ends.
    var ended = Happening.ended(society, society.events().getFirst(), 5, CHANCE.at(3));
    assertThat(ended).isNotEqualTo(society);
  }

  @Test
  void drawsDomainsByTheirWeights() {
    int days = 20_000;
    var counts = new EnumMap<WorldEventDomain, Integer>(WorldEventDomain.class);
    int all = 0;
    for (long day = 0; day < days; day++) {
      for (WorldEvent event : Happening.drawn(new Society.Day(day, 0), CHANCE.at(day))) {
        counts.merge(event.getDomain(), 1, Integer::sum);
        all++;
        assertThat(event.getIntensity()).isBetween(0.0, 1.0);
      }
    }
    assertThat(all / (double) days).isCloseTo(Happening.LIKELY, within(0.02));
    assertThat(counts.getOrDefault(WorldEventDomain.ECONOMIC, 0) / (double) all)
        .isCloseTo(0.30, within(0.02));
    assertThat(counts.getOrDefault(WorldEventDomain.POLITICAL, 0) / (double) all)
        .isCloseTo(0.25, within(0.02));
    assertThat(counts.getOrDefault(WorldEventDomain.SOCIAL, 0) / (double) all)
        .isCloseTo(0.20, within(0.02));
    assertThat(counts.getOrDefault(WorldEventDomain.NATURAL, 0) / (double) all)
        .isCloseTo(0.15, within(0.02));
    assertThat(counts.getOrDefault(WorldEventDomain.TECHNOLOGICAL, 0) / (double) all)
        .isCloseTo(0.10, within(0.02));
  }

  @Test
  void resolvesConflictsAloneAndWithinBounds() {
    var pair = Pair.of("sombra_cartel", "praetorians");
    var allied = Society.initial().resolved(pair, Resolution.ALLIANCE);
    assertThat(allied.powers().relationship("sombra_cartel", "praetorians"))
        .isCloseTo(-0.1, within(1e-12));
    assertFails(ErrorCode.FAILED_PRECONDITION, () -> allied.resolved(pair, Resolution.NEGOTIATION));
    var war = Society.initial();
    for (int i = 0; i < 5; i++) {
      war = war.resolved(pair, Resolution.WAR);
    }
    assertThat(war.powers().relationship("praetorians", "sombra_cartel")).isEqualTo(-1);
  }

  @Test
  void refusesWhatNamesNobody() {
    var society = Society.initial();
    assertFails(ErrorCode.NOT_FOUND, () -> society.withPower("nobody", 0.1));
    assertFails(ErrorCode.NOT_FOUND, () -> society.claimed("spire", "nobody", 1));
    assertFails(
        ErrorCode.NOT_FOUND, () -> society.withRelationship(Pair.of("nobody", "spire"), 0.1));
  }

  @Test
  void hasRoomForSoManyAndNoMore() {
    var society = Society.initial();
    while (society.powers().factions().size() < Society.MAX_FACTIONS) {
      society = society.withFaction(Member.named("f" + society.version()));
    }
    var full = society;
    assertFails(ErrorCode.RESOURCE_EXHAUSTED, () -> full.withFaction(Member.named("one-more")));
    assertThat(full.withFaction(Member.named("f0")).powers().factions())
        .hasSize(Society.MAX_FACTIONS);
    while (society.powers().territories().size() < Society.MAX_TERRITORIES) {
      society = society.claimed("t" + society.version(), "aeternagen", 1).after();
    }
    var settled = society;
    assertFails(ErrorCode.RESOURCE_EXHAUSTED, () -> settled.claimed("one-more", "aeternagen", 1));
    while (society.active().size() < Society.MAX_ACTIVE_EVENTS) {
      society = society.begun(WorldEventType.DISASTER, 1);
    }
    var busy = society;
    assertFails(ErrorCode.RESOURCE_EXHAUSTED, () -> busy.begun(WorldEventType.DISASTER, 1));
  }

  @Property(tries = 20)
  void staysWithinItsBoundsThroughTheYears(
      @ForAll String world, @ForAll @IntRange(min = 1, max = 30) int step) {
    var society = Society.initial();
    var chance = Chance.of(world);
    for (long day = 0; day < 360; day += step) {
      society = society.live(day, new Society.Day(day + step, 0), chance);
      assertThat(society.events()).hasSizeLessThanOrEqualTo(Society.EVENTS_KEPT);
      assertThat(society.active()).hasSizeLessThanOrEqualTo(Society.MAX_ACTIVE_EVENTS);
      assertThat(society.market().economy().getPricesList())
          .allMatch(price -> price.getPrice() >= price.getBasePrice() * 0.1);
      assertThat(society.powers().relationships().values())
          .allMatch(value -> value >= -1 && value <= 1);
      assertThat(society.powers().factions().values()).allMatch(faction -> faction.members() >= 0);
    }
  }
}
