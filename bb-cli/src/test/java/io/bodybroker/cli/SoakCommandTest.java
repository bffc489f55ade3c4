package io.bodybroker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.cli.soak.Soaking.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoakCommandTest {
  @Test
  void endsWithStatus1IfAPromiseWasBroken() {
    var kept = new Result("outage", true, "{}");
    var broken = new Result("deploy", false, "{}");

    assertThatCode(() -> SoakCommand.requireKept(List.of(kept))).doesNotThrowAnyException();
    assertThatThrownBy(() -> SoakCommand.requireKept(List.of(kept, broken)))
        .isInstanceOfSatisfying(
            CommandException.class, error -> assertThat(error.status()).isEqualTo(1))
        .hasMessage("promises broken in soak [deploy]");
  }

  @Test
  void saysWhatThereIsInsteadOfWhatWasMistyped() {
    assertThatThrownBy(() -> SoakCommand.run(List.of()))
        .hasMessageContaining("usage: bb soak <name>...")
        .hasMessageContaining("[outage, deploy, kill, events, feed, redrive, ledger]");
    assertThatThrownBy(() -> SoakCommand.run(List.of("deploi")))
        .hasMessage(
            "unknown soak \"deploi\" (expected: some of [outage, deploy, kill, events, feed, redrive,"
                + " ledger])");
    assertThatThrownBy(() -> SoakCommand.run(List.of("kill", "--rate=0")))
        .hasMessage("--rate: \"0\" (expected: 1 to 10000)");
    assertThatThrownBy(() -> SoakCommand.run(List.of("events", "--kills=-1")))
        .hasMessage("--kills: \"-1\" (expected: 0 to 1000)");
    assertThatThrownBy(() -> SoakCommand.run(List.of("kill", "--duration=long")))
        .hasMessageContaining("--duration: \"long\"");
  }
}
