package io.bodybroker.cli;

import io.bodybroker.sdk.telemetry.DrainingLogManager;
import io.bodybroker.sdk.telemetry.JsonLogFormatter;
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
      DrainingLogManager.install();
      Files.createDirectories(file.getParent());
      Handler handler = new FileHandler(file.toString());
      handler.setFormatter(new JsonLogFormatter());
      Logger root = Logger.getLogger("");
      for (Handler console : root.getHandlers()) {
        root.removeHandler(console);
      }
      root.addHandler(handler);
    } catch (IOException e) {
      throw new UncheckedIOException("log " + file, e);
    }
  }
}
