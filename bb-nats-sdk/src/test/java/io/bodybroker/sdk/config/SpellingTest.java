package io.bodybroker.sdk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SpellingTest {
  @Test
  void countsInsertionsDeletionsReplacementsAndSwaps() {
    assertThat(Spelling.distance("NATS_URL", "NATS_URLS")).isEqualTo(1);
    assertThat(Spelling.distance("NATS_URL", "NATS_UR")).isEqualTo(1);
    assertThat(Spelling.distance("NATS_URL", "NATS_URI")).isEqualTo(1);
    assertThat(Spelling.distance("NATS_URL", "NATS_RUL")).isEqualTo(1);
    assertThat(Spelling.distance("NATS_URL", "ANTS_RUL")).isEqualTo(2);
  }

  @Test
  void findsWhatComparingAllOfThemFinds() {
    var random = new Random(7);
    int found = 0;
    for (int i = 0; i < 2_000; i++) {
      String name = word(random);
      List<String> known = Stream.generate(() -> word(random)).limit(8).distinct().toList();
      int most = random.nextInt(4);
      var expected =
          known.stream()
              .min(
                  Comparator.comparingInt((String one) -> Spelling.distance(name, one))
                      .thenComparing(Comparator.naturalOrder()))
              .filter(one -> Spelling.distance(name, one) <= most);
      assertThat(Spelling.nearest(name, known, most))
          .as("nearest to %s of %s within %d", name, known, most)
          .isEqualTo(expected);
      found += expected.isPresent() ? 1 : 0;
    }
    assertThat(found).isBetween(200, 1_800);
  }

  @Test
  void findsTheNearestHoweverFarItIs() {
    assertThat(Spelling.nearest("nats.url", List.of("redis.url", "health.port"), Integer.MAX_VALUE))
        .contains("redis.url");
  }

  private static String word(Random random) {
    return Stream.generate(() -> "ABC_".charAt(random.nextInt(4)))
        .limit(1 + random.nextInt(6))
        .map(String::valueOf)
        .reduce("", String::concat);
  }
}
