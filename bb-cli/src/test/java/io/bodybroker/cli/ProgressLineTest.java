package io.bodybroker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);

  private ProgressLine line(boolean isTerminal) {
    return ProgressLine.of(new PrintStream(printed, true, UTF_8), isTerminal, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void drawsOverItselfOnATerminalAndLeavesNothing() {
    try (var line = line(true)) {
      line.tell(() -> "too early");
      pass(Duration.ofMillis(200));
      line.tell(() -> "one");
      line.tell(() -> "too early");
      pass(Duration.ofMillis(200));
      line.tell(() -> "two");
    }
    assertThat(printed.toString(UTF_8)).isEqualTo("\r\u001b[Kbb: one\r\u001b[Kbb: two\r\u001b[K");
  }

  @Test
  void printsALineNowAndThenElsewhere() {
    try (var line = line(false)) {
      pass(Duration.ofSeconds(4));
      line.tell(() -> "too early");
      pass(Duration.ofSeconds(1));
      line.tell(() -> "one");
    }
    assertThat(printed.toString(UTF_8)).isEqualTo("bb: one" + System.lineSeparator());
  }

  @Test
  void saysNothingOfWhatIsShort() {
    try (var line = line(true)) {
      line.tell(() -> "too early");
    }
    assertThat(printed.toString(UTF_8)).isEmpty();
  }
}
