package io.bodybroker.sdk.host;

import io.bodybroker.sdk.telemetry.JsonLogFormatter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Sets up logging of a service process: JSON lines on standard error, to the last line of its
 * drain.
 */
final class HostLogging {
  /**
   * The JDK's own log manager closes its handlers in a shutdown hook of its own, beside ours, and
   * so swallows what a drain has to say. Found by name through a system property, hence public.
   */
  public static final class DrainingLogManager extends LogManager {
    @Override
    public void reset() {
      // Handlers flush each line; there is nothing to lose by leaving them open until the process
      // ends.
    }
  }

  private HostLogging() {}

  /** Must run before the first logger is made; an operator's own logging set-up is left alone. */
  static void install() {
    if (System.getProperty("java.util.logging.config.file") != null
        || System.getProperty("java.util.logging.manager") != null) {
      return;
    }
    System.setProperty("java.util.logging.manager", DrainingLogManager.class.getName());
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
