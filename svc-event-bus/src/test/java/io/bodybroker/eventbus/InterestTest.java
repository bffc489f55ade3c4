package io.bodybroker.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.eventbus.v1.BusEvent;
import io.bodybroker.sdk.error.ServiceException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterestTest {
  private static BusEvent event(String type, Map<String, String> attributes) {
    return BusEvent.newBuilder().setEventType(type).putAllAttributes(attributes).build();
  }

  @Test
  void wantsEventsOfAnyOfItsPatternsWithAllOfItsAttributes() {
    var interest =
        Interest.of(List.of("weather.>", "time.*"), Map.of("world", "veridian", "zone", "docks"));
    var there = Map.of("world", "veridian", "zone", "docks", "more", "x");
    assertThat(interest.wants(event("weather.storm.begun", there))).isTrue();
    assertThat(interest.wants(event("time.day", there))).isTrue();
    assertThat(interest.wants(event("quest.done", there))).isFalse();
    assertThat(interest.wants(event("time.day", Map.of("world", "veridian")))).isFalse();
    assertThat(interest.wants(event("time.day", Map.of("world", "veridian", "zone", "Docks"))))
        .isFalse();
    assertThat(interest.wants(event("time.day", Map.of()))).isFalse();
  }

  @Test
  void wantsAllEventsIfItSaysNothing() {
    assertThat(Interest.of(List.of(), List.of()).wants(event("any.thing", Map.of()))).isTrue();
  }

  @Test
  void asksTheServerForWhatItWantsIfThatIsOnePattern() {
    assertThat(Interest.of(List.of("weather.*"), Map.of()).topics()).isEqualTo("weather.*");
    assertThat(Interest.of(List.of("weather.*", "weather.*"), Map.of()).topics())
        .isEqualTo("weather.*");
    assertThat(Interest.of(List.of("weather.*", "time.>"), Map.of()).topics()).isEqualTo(">");
  }

  @Test
  void readsAttributesThatAreNameAndValue() {
    var interest = Interest.of(List.of(), List.of("zone=a=b", "empty="));
    assertThat(interest.filters()).isEqualTo(Map.of("zone", "a=b", "empty", ""));
  }

  @ParameterizedTest
  @CsvSource({"zone", "=docks", "''"})
  void refusesAttributesThatAreNotNameAndValue(String text) {
    var error =
        catchThrowableOfType(
            ServiceException.class, () -> Interest.of(List.of(), List.of("ok=1", text)));
    assertThat(error.fieldViolations().getFirst().field()).isEqualTo("attributes[1]");
  }

  @Test
  void refusesAttributesThatNoEventCanHave() {
    var name = "n".repeat(65);
    assertThat(violation(Map.of(name, "x"))).isEqualTo("filters");
    assertThat(violation(Map.of("", "x"))).isEqualTo("filters");
    assertThat(violation(Map.of("zone", "v".repeat(257)))).isEqualTo("filters.zone");
  }

  private static String violation(Map<String, String> filters) {
    var error =
        catchThrowableOfType(ServiceException.class, () -> Interest.of(List.of(">"), filters));
    return error.fieldViolations().getFirst().field();
  }
}
