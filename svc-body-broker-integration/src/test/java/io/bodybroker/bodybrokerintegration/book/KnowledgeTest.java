package io.bodybroker.bodybrokerintegration.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.bodybrokerintegration.v1.BookTier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnowledgeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, WHISPERS",
    "1, 0, AWARENESS",
    "9, 0, AWARENESS",
    "1, 1, FAMILIARITY",
    "9, 9, FAMILIARITY",
    "9, 10, EXPERTISE",
    "9, 25, MASTERY"
  })
  void learnsCreaturesBySightAndKnife(long seen, long dissected, BookTier tier) {
    assertThat(Knowledge.ofCreature(seen, dissected)).isEqualTo(tier);
  }

  @ParameterizedTest
  @CsvSource({
    "0, WHISPERS, WHISPERS, 0",
    "1, AWARENESS, AWARENESS, 0.1",
    "3, AWARENESS, FAMILIARITY, 0.3",
    "5, FAMILIARITY, FAMILIARITY, 0.5",
    "10, EXPERTISE, EXPERTISE, 1",
    "25, MASTERY, MASTERY, 1"
  })
  void learnsDrugsAndClientsByDeals(long deals, BookTier drug, BookTier client, double effects) {
    assertThat(Knowledge.ofDrug(deals)).isEqualTo(drug);
    assertThat(Knowledge.ofClient(deals)).isEqualTo(client);
    assertThat(Knowledge.knownEffects(deals)).isEqualTo(effects);
  }

  @Test
  void isAlarmedByAFifth() {
    assertThat(Knowledge.isAlert(List.of())).isFalse();
    assertThat(Knowledge.isAlert(List.of(1.0))).isFalse();
    assertThat(Knowledge.isAlert(List.of(1.0, 1.2))).isTrue();
    assertThat(Knowledge.isAlert(List.of(1.0, 1.19))).isFalse();
    assertThat(Knowledge.isAlert(List.of(1.0, 0.8))).isTrue();
    assertThat(Knowledge.isAlert(List.of(5.0, 1.0, 1.0))).isFalse();
  }
}
