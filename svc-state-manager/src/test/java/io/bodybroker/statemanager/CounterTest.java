package io.bodybroker.statemanager;

import static io.bodybroker.sdk.testing.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterTest {
  @Test
  void beginsAtZeroAndMakesTheObjectsOnTheWay() {
    var counter = Counter.at("stats.night.kills");
    var document = counter.add(object("name", "Ada"), 3);
    assertThat(document)
        .isEqualTo(object("name", "Ada", "stats", object("night", object("kills", 3))));
    assertThat(counter.value(document)).isEqualTo(3);
    assertThat(counter.value(counter.add(document, -5))).isEqualTo(-2);
  }

  @ParameterizedTest
  @CsvSource({"stats, stats", "name, name", "name.x, name", "half, half", "list, list", "no, no"})
  void refusesToCountOnSomethingElse(String path, String where) {
    var document =
        object("stats", object(), "name", "Ada", "half", 0.5, "list", List.of(1), "no", null);
    var error =
        catchThrowableOfType(ServiceException.class, () -> Counter.at(path).add(document, 1));
    assertThat(error.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
    assertThat(error.details()).containsEntry("path", where);
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740991, 1, false", "9007199254740990, 1, true", "-9007199254740991, -1, false",
    "-9007199254740990, -1, true", "0, 9007199254740991, true", "1, 9007199254740991, false"
  })
  void countsAsFarAsDoublesDo(long start, long by, boolean isCounted) {
    var counter = Counter.at("n");
    var document = object("n", start);
    if (isCounted) {
      assertThat(counter.value(counter.add(document, by))).isEqualTo(start + by);
    } else {
      var error = catchThrowableOfType(ServiceException.class, () -> counter.add(document, by));
      assertThat(error.code()).isEqualTo(ErrorCode.OUT_OF_RANGE);
      assertThat(error.message())
          .isEqualTo("by: " + by + " (expected: a sum of -9007199254740991 to 9007199254740991)");
    }
  }
}
