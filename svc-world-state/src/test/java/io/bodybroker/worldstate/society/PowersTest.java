package io.bodybroker.worldstate.society;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bodybroker.worldstate.v1.Conflict;
import io.bodybroker.worldstate.v1.Resolution;
import io.bodybroker.worldstate.v1.Territory;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowersTest {
  private static Powers powers(double one, double other, double relationship) {
    return new Powers(new TreeMap<>(), new TreeMap<>(), new TreeMap<>())
        .with(new Member("one", "One", one, 0, 0))
        .with(new Member("other", "Other", other, 0, 0))
        .withRelationship("one", "other", relationship);
  }

  private static Territory territory(String owner) {
    return Territory.newBuilder().setTerritoryId("docks").setOwnerFactionId(owner).build();
  }

  private static Powers with(Powers powers, Territory territory) {
    var territories = new TreeMap<String, Territory>();
    territories.put(territory.getTerritoryId(), territory);
    return new Powers(powers.factions(), powers.relationships(), territories);
  }

  @Test
  void showsPowerByLevelTerritoriesFriendsAndMembers() {
    var powers =
        with(powers(40, 10, 0.4), territory("one")).with(new Member("one", "One", 40, 5, 0.5));
    // 40/100 + 0.1 x 1 + 0.05 x 0.4 + 0.02 x 5 x 0.5
    assertThat(powers.power("one")).isCloseTo(0.57, within(1e-12));
    assertThat(powers.power("nobody")).isZero();
  }

  @Test
  void showsNoMorePowerThanOne() {
    assertThat(with(powers(100, 100, 1), territory("one")).power("one")).isEqualTo(1);
  }

  @Test
  void ranksTheMostPowerfulFirst() {
    assertThat(powers(10, 90, 0).ranking()).extracting(Member::id).containsExactly("other", "one");
    assertThat(powers(50, 50, 0).ranking()).extracting(Member::id).containsExactly("one", "other");
  }

  @ParameterizedTest
  @CsvSource({"-0.5, false", "-0.51, true", "-1, true", "0.5, false", "0, false"})
  void areInConflictBelowMinusOneHalf(double relationship, boolean isConflict) {
    var powers = powers(50, 50, relationship);
    assertThat(powers.isConflict("other", "one")).isEqualTo(isConflict);
    var expected =
        Conflict.newBuilder()
            .setFactionId("one")
            .setOtherFactionId("other")
            .setSeverity(-relationship)
            .build();
    assertThat(powers.conflicts()).isEqualTo(isConflict ? List.of(expected) : List.of());
  }

  @ParameterizedTest
  @CsvSource({"NEGOTIATION, 0.2", "WAR, -0.3", "ALLIANCE, 0.5"})
  void gainByHowAConflictIsResolved(Resolution resolution, double gain) {
    assertThat(Powers.gain(resolution)).isEqualTo(gain);
  }

  @ParameterizedTest
  @CsvSource({
    // owner, level of one, level of other, members, whether it is one's
    "'', 31, 0, 0, true",
    "'', 30, 0, 0, false",
    "'', 25, 0, 10, true",
    "'', 0, 0, 1000, false",
    "other, 91, 50, 0, true",
    "other, 90, 50, 0, false",
    "other, 70, 50, 0, false",
    "one, 1, 90, 0, true"
  })
  void getATerritoryIfTheyAreStrongEnough(
      String owner, double one, double other, int members, boolean isOwned) {
    // An owner has a tenth of power for the territory, and a fifth of strength for being at home.
    var claim = with(powers(one, other, 0), territory(owner)).claim("docks", "one", members);
    assertThat(claim.isOwned()).isEqualTo(isOwned);
    assertThat(claim.after().territories().values().iterator().next().getOwnerFactionId())
        .isEqualTo(isOwned ? "one" : owner);
  }

  @Property(tries = 100)
  void stayWithinTheirBounds(
      @ForAll @Size(max = 40) List<@DoubleRange(min = -2, max = 2) Double> changes,
      @ForAll @IntRange(min = 0, max = 1000) int members) {
    var powers = Beginnings.powers();
    var ids = List.copyOf(powers.factions().keySet());
    for (int i = 0; i < changes.size(); i++) {
      var one = ids.get(i % ids.size());
      var other = ids.get((i * 3 + 1) % ids.size());
      powers = powers.withPower(one, changes.get(i)).withRelationship(one, other, changes.get(i));
      powers = powers.claim("docks", other, members).after();
      for (String id : ids) {
        assertThat(powers.power(id)).isBetween(0.0, 1.0);
      }
      assertThat(powers.factions().values())
          .allMatch(faction -> faction.level() >= 0 && faction.level() <= 100);
      assertThat(powers.relationships().values()).allMatch(value -> value >= -1 && value <= 1);
      assertThat(powers.relationship(one, other)).isEqualTo(powers.relationship(other, one));
    }
  }
}
