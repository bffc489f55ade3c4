package io.bodybroker.cli;

import io.bodybroker.testkit.JavaProgram;
import java.util.Map;

/** The command as its users have it: without what is only there for tests. */
public final class Bb {
  private Bb() {}

  /** Runs it with these words. */
  public static JavaProgram run(Map<String, String> environment, String... words) {
    return JavaProgram.start(
        Main.class, entry -> !entry.endsWith("test-classes"), environment, words);
  }
}
