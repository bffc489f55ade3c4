package io.bodybroker.sdk.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.json.JsonObject;
import io.helidon.json.JsonParser;
import io.opentelemetry.context.Context;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLogFormatterTest {
  private final JsonLogFormatter formatter = new JsonLogFormatter();

  private JsonObject format(LogRecord line) {
    String text = formatter.format(line);
    assertThat(text).endsWith("}\n");
    assertThat(text.strip().lines()).as("one line").hasSize(1);
    return JsonParser.create(text).readJsonObject();
  }

  private static String value(JsonObject json, String name) {
    return json.stringValue(name).orElse("(none)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "a \"quote\"",
        "back\\slash",
        "two\nlines\r\n",
        "tab\t\u0001\u007f",
        "ünïcödé 世界",
        "\ud83d\ude00",
        ""
      })
  void keepsEveryMessageAsItIs(String message) {
    assertThat(value(format(new LogRecord(Level.INFO, message)), "message")).isEqualTo(message);
  }

  @Test
  void putsParametersInAsTheyAreWhateverTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      var line = new LogRecord(Level.WARNING, "{0} of {1} at {2}, it's {9}");
      line.setParameters(new Object[] {12_345, "$1", 0.5});

      JsonObject json = format(line);

      assertThat(value(json, "message")).isEqualTo("12345 of $1 at 0.5, it's {9}");
      assertThat(value(json, "level")).isEqualTo("WARNING");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void givesEachPartOfAStateChangeAFieldOfItsOwn() {
    var line = new LogRecord(Level.INFO, StateChange.LINE);
    line.setParameters(
        new Object[] {
          new StateChange("connection", "shop/serve", "UP", "DOWN", "connection \"lost\"")
        });

    JsonObject json = format(line);

    assertThat(value(json, "message"))
        .isEqualTo("connection of shop/serve went from UP to DOWN: connection \"lost\"");
    assertThat(value(json, "event")).isEqualTo("connection");
    assertThat(value(json, "name")).isEqualTo("shop/serve");
    assertThat(value(json, "from")).isEqualTo("UP");
    assertThat(value(json, "to")).isEqualTo("DOWN");
    assertThat(value(json, "reason")).isEqualTo("connection \"lost\"");
  }

  @Test
  void carriesTheStackOfAnException() {
    var line = new LogRecord(Level.SEVERE, "failed");
    line.setThrown(new IllegalStateException("because", new RuntimeException("of this")));

    assertThat(value(format(line), "exception"))
        .startsWith("java.lang.IllegalStateException: because\n\tat ")
        .contains("Caused by: java.lang.RuntimeException: of this");
  }

  @Test
  @SuppressWarnings("try") // the scope is there to be closed
  void carriesTheRequestItBelongsTo() {
    try (var scope = RequestIds.put(Context.current(), "r-1").makeCurrent()) {
      assertThat(value(format(new LogRecord(Level.INFO, "hello")), "request_id")).isEqualTo("r-1");
    }
    assertThat(value(format(new LogRecord(Level.INFO, "hello")), "request_id")).isEqualTo("(none)");
  }
}
