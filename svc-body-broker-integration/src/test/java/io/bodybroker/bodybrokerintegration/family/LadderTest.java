package io.bodybroker.bodybrokerintegration.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.bodybrokerintegration.v1.Drug;
import io.bodybroker.bodybrokerintegration.v1.Family;
import io.bodybroker.bodybrokerintegration.v1.FamilyTier;
import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.Outcome;
import io.bodybroker.bodybrokerintegration.v1.PartType;
import io.bodybroker.bodybrokerintegration.v1.Temperament;
import io.bodybroker.bodybrokerintegration.v1.Trait;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderTest {
  @ParameterizedTest
  @CsvSource({
    "CARRION_KIN, LOW_TIER, AGGRESSIVE, GRAVE_DUST, FLESH BONE BLOOD, true",
    "CHATTER_SWARM, LOW_TIER, CALCULATED, HIVE_NECTAR, EYE TONGUE VOCAL_CORDS, true",
    "STITCH_GUILD, MID_TIER, CALCULATED, STILL_BLOOD, SKIN BONE NERVOUS_SYSTEM, false",
    "MOON_CLANS, MID_TIER, AGGRESSIVE, MOON_WINE, HEART LIVER LUNG, false",
    "VAMPIRIC_HOUSES, MID_TIER, CALCULATED, VITAE, BLOOD, false",
    "OBSIDIAN_SYNOD, HIGH_TIER, COLD, LOGIC_SPORE, BRAIN SPINAL_CORD, false",
    "SILENT_COURT, HIGH_TIER, WHIMSICAL, ENCHANTMENT, CONCEPT, false",
    "LEVIATHAN_CONCLAVE, HIGH_TIER, COLD, AETHER, SOUL, false"
  })
  void knowsEachFamily(
      Family family, FamilyTier tier, Temperament mood, Drug pays, String buys, boolean isOpen) {
    var profile = Profile.of(family);
    assertThat(profile.tier()).isEqualTo(tier);
    assertThat(profile.temperament()).isEqualTo(mood);
    assertThat(profile.pays()).isEqualTo(pays);
    assertThat(profile.buys()).extracting(PartType::name).containsExactly(buys.split(" "));
    assertThat(Ladder.isOpenFromTheStart(family)).isEqualTo(isOpen);
  }

  @ParameterizedTest
  @CsvSource({
    "CARRION_KIN, 10, STITCH_GUILD",
    "CHATTER_SWARM, 50, STITCH_GUILD",
    "STITCH_GUILD, 5, MOON_CLANS",
    "MOON_CLANS, 3, VAMPIRIC_HOUSES",
    "VAMPIRIC_HOUSES, 1, OBSIDIAN_SYNOD",
    "OBSIDIAN_SYNOD, 1, SILENT_COURT",
    "SILENT_COURT, 1, LEVIATHAN_CONCLAVE",
    "LEVIATHAN_CONCLAVE, 1,"
  })
  void leadsFromOneFamilyToTheNext(Family family, long needed, Family next) {
    assertThat(Ladder.of(family).needed()).isEqualTo(needed);
    assertThat(Ladder.of(family).unlocks().orElse(null)).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({
    "CARRION_KIN, FLESH, JUNK, 1, 2, 0",
    "CARRION_KIN, FLESH, JUNK, 1, 3, 1",
    "CHATTER_SWARM, EYE, JUNK, 1, 4, 4",
    "STITCH_GUILD, BONE, PRISTINE, 1, 2, 2",
    "STITCH_GUILD, BONE, PRIME, 1, 2, 0",
    "MOON_CLANS, HEART, PRIME, 0.75, 2, 1",
    "MOON_CLANS, HEART, PRIME, 0.74, 2, 0",
    "MOON_CLANS, HEART, GOOD, 1, 2, 0",
    "VAMPIRIC_HOUSES, BLOOD, PRISTINE, 1, 3, 0",
    "OBSIDIAN_SYNOD, BRAIN, PRISTINE, 1, 3, 0",
    "SILENT_COURT, CONCEPT, GOOD, 1, 1, 0",
    "LEVIATHAN_CONCLAVE, SOUL, JUNK, 0.1, 1, 1"
  })
  void countsWhatAFamilyAsksFor(
      Family family, PartType type, Grade grade, double freshness, int pieces, long progress) {
    var sold = Collections.nCopies(pieces, new Goods(type, grade, freshness, List.of()));
    assertThat(Ladder.progress(family, sold, Outcome.FAIR_OUTCOME)).isEqualTo(progress);
  }

  @Test
  void countsWhatIsRareAndWhatWasWon() {
    var vintage = new Goods(PartType.BLOOD, Grade.GOOD, 1, List.of(Trait.RARE_VINTAGE));
    var genius = new Goods(PartType.BRAIN, Grade.GOOD, 1, List.of(Trait.GENIUS));
    var concept = new Goods(PartType.CONCEPT, Grade.GOOD, 1, List.of());
    assertThat(Ladder.progress(Family.VAMPIRIC_HOUSES, List.of(vintage), Outcome.FAIR_OUTCOME))
        .isEqualTo(1);
    assertThat(Ladder.progress(Family.OBSIDIAN_SYNOD, List.of(genius), Outcome.FAIR_OUTCOME))
        .isEqualTo(1);
    assertThat(Ladder.progress(Family.SILENT_COURT, List.of(concept), Outcome.EXCELLENT_OUTCOME))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "CARRION_KIN, FLESH, JUNK, 1, , 2000",
    "CHATTER_SWARM, EYE, PRIME, 0.5, , 7500",
    "STITCH_GUILD, NERVOUS_SYSTEM, PRISTINE, 1, , 137500",
    "STITCH_GUILD, NERVOUS_SYSTEM, PRIME, 1, , 82500",
    "MOON_CLANS, HEART, GOOD, 1, , 62500",
    "MOON_CLANS, HEART, GOOD, 0.5, , 25000",
    "VAMPIRIC_HOUSES, BLOOD, GOOD, 1, RARE_VINTAGE, 25000",
    "OBSIDIAN_SYNOD, BRAIN, GOOD, 1, GENIUS, 240000",
    "LEVIATHAN_CONCLAVE, SOUL, PRISTINE, 1, , 500000"
  })
  void givesMoreForWhatAFamilyLikesBest(
      Family family, PartType type, Grade grade, double freshness, Trait trait, double worth) {
    var traits = trait == null ? List.<Trait>of() : List.of(trait);
    assertThat(Profile.of(family).worth(new Goods(type, grade, freshness, traits)))
        .isEqualTo(worth);
  }

  @ParameterizedTest
  @CsvSource({"50, 10, 60", "95, 10, 100", "30, -50, 0", "0, -5, 0"})
  void remembersWithinBounds(int regard, int change, int after) {
    assertThat(Regard.after(regard, change)).isEqualTo(after);
  }
}
