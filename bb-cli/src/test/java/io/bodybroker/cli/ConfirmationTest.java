package io.bodybroker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private void ask(boolean isTerminal, String answer) {
    Confirmation.of(
            new ByteArrayInputStream(answer.getBytes(UTF_8)),
            new PrintStream(printed, true, UTF_8),
            isTerminal)
        .require("delete 7 dead letters for good?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"y\n", "Y\n", " yes \n"})
  void goesOnIfItIsMeant(String answer) {
    ask(true, answer);

    assertThat(printed.toString(UTF_8)).isEqualTo("bb: delete 7 dead letters for good? [y/N] ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "n\n", "yesterday\n"})
  void doesNothingIfItIsNot(String answer) {
    assertThatThrownBy(() -> ask(true, answer))
        .isInstanceOf(CommandException.class)
        .hasMessage("nothing done");
  }

  @Test
  void refusesWhereNobodySits() {
    assertThatThrownBy(() -> ask(false, "y\n"))
        .isInstanceOf(CommandException.class)
        .hasMessage("delete 7 dead letters for good? Nobody can be asked (expected: --yes)");

    assertThat(printed.toString(UTF_8)).isEmpty();
  }
}
