package io.bodybroker.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventPatternTest {
  @ParameterizedTest
  @CsvSource({
    ">, weather_changed, true",
    ">, weather.storm.begun, true",
    "weather_changed, weather_changed, true",
    "weather_changed, weather_changed.twice, false",
    "weather, weather_changed, false",
    "*, weather_changed, true",
    "*, weather.storm, false",
    "weather.*, weather.storm, true",
    "weather.*, weather, false",
    "weather.*, weather.storm.begun, false",
    "weather.>, weather.storm.begun, true",
    "weather.>, weather.storm, true",
    "weather.>, weather, false",
    "*.storm.>, weather.storm.begun, true",
    "*.storm.>, weather.calm.begun, false",
    "*.*, weather.storm, true",
    "weather.*.begun, weather.storm.begun, true",
    "weather.*.begun, weather.storm.ended, false"
  })
  void matchesAsNatsMatchesSubjects(String pattern, String type, boolean matches) {
    assertThat(EventPattern.of("p", pattern).matches(type)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "a.", ".a", "a..b", ">.a", "a>", "a*", "*a", "a.>.b", "A", "a b", "a/b", "ä"
      })
  void refusesWhatIsNoPattern(String text) {
    var error =
        catchThrowableOfType(
            ServiceException.class, () -> EventPattern.of("event_patterns[3]", text));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(error.fieldViolations().getFirst().field()).isEqualTo("event_patterns[3]");
  }

  /** What a type becomes when words of it are replaced, or its end cut off. */
  @Property(tries = 200)
  void matchesATypeWhateverWordsOfItAreLeftOpen(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 0, max = 30) Integer> words,
      @ForAll @IntRange(min = 0, max = 255) int open,
      @ForAll @IntRange(min = 0, max = 8) int cut) {
    var pattern = new ArrayList<String>();
    for (int i = 0; i < words.size(); i++) {
      pattern.add((open >> i & 1) == 1 ? "*" : "w" + words.get(i));
    }
    if (cut < words.size()) {
      pattern.subList(cut, pattern.size()).clear();
      pattern.add(">");
    }
    var type = String.join(".", words.stream().map(word -> "w" + word).toList());
    assertThat(EventPattern.of("p", String.join(".", pattern)).matches(type)).isTrue();
    assertThat(EventPattern.of("p", type).matches(type)).isTrue();
    assertThat(EventPattern.of("p", type).matches(type + ".x")).isFalse();
  }
}
