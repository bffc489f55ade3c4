package io.bodybroker.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** All proofs, shortened. */
@Tag("alone")
class ProofTest {
  @TestFactory
  Iterable<DynamicTest> holds(@TempDir Path logs) {
    var options = new ProofOptions(3000, 8, 1000, 600, 2, 500, 1, logs);
    return Proof.all().stream()
        .map(proof -> DynamicTest.dynamicTest(proof.name(), () -> holds(proof, options)))
        .toList();
  }

  private static void holds(Proof proof, ProofOptions options) {
    var told = new ByteArrayOutputStream();
    Account account = proof.run(options, new PrintStream(told, true, StandardCharsets.UTF_8));
    account.print(new PrintStream(told, true, StandardCharsets.UTF_8));

    String text = told.toString(StandardCharsets.UTF_8);
    assertThat(account.isKept()).as(text).isTrue();
    assertThat(account.counts().values()).as(text).anyMatch(count -> count > 0);
    assertThat(text).contains("soak " + proof.name() + ": all promises kept");
    assertThat(account.json())
        .startsWith("{\"soak\":\"" + proof.name() + "\"")
        .contains("\"kept\":true");
  }
}
