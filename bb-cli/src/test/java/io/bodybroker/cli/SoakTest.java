package io.bodybroker.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.JavaProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * All soaks, shortened, on one system, since to start that is a good part of what they cost. They
 * run in the order in which they are asked for.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Tag("alone")
class SoakTest {
  /** Five times what one takes on a machine that does nothing else. */
  private static final Duration BOUND = Duration.ofSeconds(150);

  /** With the evidence, which is further to the right. */
  private static final Pattern BROKEN = Pattern.compile("(?m)^  BROKEN .*\\R(?: {4,}.*\\R)*");

  private Path json;
  private JavaProgram soak;

  @BeforeAll
  void start(@TempDir Path directory) {
    json = directory.resolve("ledger.json");
    soak =
        Bb.run(
            Map.of("GATEWAY_DRAIN_DELAY", "2s"),
            "soak",
            "outage",
            "deploy",
            "kill",
            "--duration=3s",
            "--logs=" + directory.resolve("logs"),
            "--json=" + json);
    soak.awaitOutput("calls a second");
  }

  @AfterAll
  void end() {
    soak.close();
  }

  @ParameterizedTest
  @CsvSource({"outage, both servers back", "deploy, SIGTERM gateway-2", "kill, SIGKILL"})
  void breaksNoPromise(String name, String deed) {
    String kept = "soak " + name + ": all promises kept";
    Await.untilSeen(
        BOUND,
        "soak " + name + " to end",
        soak::output,
        text -> text.contains(kept) || text.contains("BROKEN") || text.contains("\nbb: "));

    assertThat(soak.output()).as(() -> broken(soak.output())).contains(kept, deed);
    if (name.equals("kill")) {
      assertThat(soak.awaitEnd()).as(soak.output()).isZero();
      assertThat(soak.output()).contains("0 lost, 0 doubled").doesNotContain("BROKEN");
      assertThat(json).content().startsWith("[{\"soak\":\"outage\"").contains("\"kept\":true");
    }
  }

  /** The promises that were not kept, which would be hard to find in all that a soak prints. */
  private static String broken(String output) {
    return BROKEN.matcher(output).results().map(MatchResult::group).collect(joining());
  }
}
