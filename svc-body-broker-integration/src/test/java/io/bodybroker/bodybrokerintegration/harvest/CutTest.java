package io.bodybroker.bodybrokerintegration.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bodybroker.bodybrokerintegration.v1.Grade;
import io.bodybroker.bodybrokerintegration.v1.HarvestTool;
import io.bodybroker.bodybrokerintegration.v1.KillMethod;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutTest {
  @ParameterizedTest
  @CsvSource({
    "SHOTGUN_BLAST,   RUSTY,    0.6, false, 0.23, JUNK",
    "SHOTGUN_BLAST,   STANDARD, 0.6, false, 0.43, DAMAGED",
    "SHOTGUN_BLAST,   SURGICAL, 0.6, true,  0.48, DAMAGED",
    "SHOTGUN_BLAST,   ADVANCED, 0.6, false, 0.83, PRIME",
    "BLADE_KILL,      RUSTY,    0.6, true,  0.58, GOOD",
    "BLADE_KILL,      RUSTY,    0.5, false, 0.7,  GOOD",
    "BLADE_KILL,      STANDARD, 0.6, false, 0.93, PRIME",
    "BLADE_KILL,      STANDARD, 0,   false, 0.75, PRIME",
    "POISON_KILL,     STANDARD, 0.6, false, 1.08, PRISTINE",
    "POISON_KILL,     STANDARD, 0.6, true,  0.93, PRIME",
    "POISON_KILL,     SURGICAL, 0.6, false, 1.28, PRISTINE",
    "LIVE_EXTRACTION, RUSTY,    0,   false, 1.0,  PRISTINE",
    "LIVE_EXTRACTION, ADVANCED, 1,   false, 1.9,  PRISTINE",
    "SHOTGUN_BLAST,   RUSTY,    0,   true,  0,    JUNK"
  })
  void isMethodAndToolAndSkillLessHaste(
      KillMethod method,
      HarvestTool tool,
      double skill,
      boolean haste,
      double quality,
      Grade grade) {
    var cut = new Cut(method, tool, skill, haste);
    assertThat(cut.quality()).isCloseTo(quality, within(1e-9));
    assertThat(cut.grade()).isEqualTo(grade);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2, PRISTINE, 2",
    "1.0, PRISTINE, 2",
    "0.99, PRIME, 1.5",
    "0.75, PRIME, 1.5",
    "0.74, GOOD, 1",
    "0.5, GOOD, 1",
    "0.49, DAMAGED, 0.5",
    "0.3, DAMAGED, 0.5",
    "0.29, JUNK, 0.25",
    "0, JUNK, 0.25"
  })
  void hasAGradeWithItsWorth(double quality, Grade grade, double multiplier) {
    assertThat(Grades.of(quality)).isEqualTo(grade);
    assertThat(Grades.multiplier(grade)).isEqualTo(multiplier);
  }

  @ParameterizedTest
  @CsvSource({
    "POISON_KILL, STANDARD, 2, 40",
    "BLADE_KILL, STANDARD, 1, 15",
    "LIVE_EXTRACTION, ADVANCED, 3, 84",
    "SHOTGUN_BLAST, RUSTY, 5, 10"
  })
  void teachesByPartsGradeAndTool(KillMethod method, HarvestTool tool, int parts, long xp) {
    assertThat(new Cut(method, tool, 0.6, false).experience(parts)).isEqualTo(xp);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.6", "5000, 0.8", "10000, 1", "1000000, 1"})
  void growsWithExperience(long experience, double skill) {
    assertThat(Skill.of(experience)).isCloseTo(skill, within(1e-9));
  }

  @Property(tries = 200)
  void isNeverWorseWithMoreSkill(
      @ForAll("method") KillMethod method,
      @ForAll @DoubleRange(min = 0, max = 1) double less,
      @ForAll @DoubleRange(min = 0, max = 1) double more) {
    double low = new Cut(method, HarvestTool.STANDARD, Math.min(less, more), false).quality();
    double high = new Cut(method, HarvestTool.STANDARD, Math.max(less, more), false).quality();
    assertThat(high).isGreaterThanOrEqualTo(low);
  }

  @Provide
  Arbitrary<KillMethod> method() {
    return Arbitraries.of(KillMethod.SHOTGUN_BLAST, KillMethod.BLADE_KILL, KillMethod.POISON_KILL);
  }
}
