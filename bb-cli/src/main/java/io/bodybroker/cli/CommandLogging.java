package io.bodybroker.cli;

import io.bodybroker.sdk.telemetry.LogSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps logs out of what a command has to say. */
final class CommandLogging {
  private CommandLogging() {}

  /** A short command says what went wrong itself. */
  static void onlyErrors() {
    Logger.getLogger("").setLevel(Level.SEVERE);
  }

  /** Writes the logs of all that runs in this JVM into a file, begun anew. */
  static void toFile(Path file) {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("log " + file, e);
    }
    LogSetup.install(() -> handler(file));
  }

  private static Handler handler(Path file) {
    try {
      return new FileHandler(file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("log " + file, e);
    }
  }
}
