package io.bodybroker.sdk.host;

import io.bodybroker.sdk.telemetry.DrainingLogManager;
import io.bodybroker.sdk.telemetry.JsonLogFormatter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sets up logging of a service process: JSON lines on standard error, to the last line of its
 * drain.
 */
final class HostLogging {
  private HostLogging() {}

  /** Must run before the first logger is made; an operator's own logging set-up is left alone. */
  static void install() {
    if (!DrainingLogManager.install()) {
      return;
    }
    Logger root = Logger.getLogger("");
    for (var handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    var console = new ConsoleHandler();
    console.setFormatter(new JsonLogFormatter());
    console.setLevel(Level.ALL);
    root.addHandler(console);
    root.setLevel(Level.INFO);
  }
}
