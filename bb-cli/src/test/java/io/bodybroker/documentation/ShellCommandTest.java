package io.bodybroker.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShellCommandTest {
  private static final Map<String, String> VARIABLES = Map.of("TOKEN", "t-1");

  private static List<String> words(String line) {
    return ShellCommand.parse(line, VARIABLES).words();
  }

  @Test
  void hasItsWordsAsAShellHasThem() {
    assertThat(words("a  'b c' d\"e f\"'g'")).containsExactly("a", "b c", "de fg");
    assertThat(words("a '' b")).containsExactly("a", "", "b");
    assertThat(words("-d '{\"x\": \"'$TOKEN'\"}'")).containsExactly("-d", "{\"x\": \"t-1\"}");
  }

  @Test
  void knowsVariablesButForThoseBetweenSingleQuotes() {
    assertThat(words("$TOKEN \"is $TOKEN\" 'not $TOKEN'"))
        .containsExactly("t-1", "is t-1", "not $TOKEN");
    assertThatNullPointerException().isThrownBy(() -> words("$OTHER")).withMessage("$OTHER");
  }

  @Test
  void saysWhatTakesWhatItPrints() {
    var command = ShellCommand.parse("TOKEN=$(./bb session ada)", VARIABLES);

    assertThat(command.variable()).isEqualTo(Optional.of("TOKEN"));
    assertThat(command.words()).containsExactly("./bb", "session", "ada");
    assertThat(ShellCommand.parse("./bb up", VARIABLES).variable()).isEmpty();
  }
}
