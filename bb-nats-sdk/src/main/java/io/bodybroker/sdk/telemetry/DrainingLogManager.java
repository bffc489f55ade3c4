package io.bodybroker.sdk.telemetry;

import java.lang.System.Logger.Level;
import java.util.logging.LogManager;

/**
 * Keeps logs open until the process has ended. The JDK's own log manager closes them in a shutdown
 * hook, beside the hook that drains, and so swallows what a drain has to say.
 *
 * <p>Found by name, through the system property {@code java.util.logging.manager}.
 */
public final class DrainingLogManager extends LogManager {
  private static final String PROPERTY = "java.util.logging.manager";

  /** For the JDK. */
  public DrainingLogManager() {}

  /**
   * Makes it the log manager of this process, unless an operator chose another one.
   *
   * @return whether the set-up of logs is left to us
   */
  public static boolean install() {
    if (System.getProperty(PROPERTY) != null
        || System.getProperty("java.util.logging.config.file") != null) {
      return false;
    }
    System.setProperty(PROPERTY, DrainingLogManager.class.getName());
    if (!(LogManager.getLogManager() instanceof DrainingLogManager)) {
      // Whoever logs first decides, for good; a logger in a static field of a main class is enough.
      System.getLogger(DrainingLogManager.class.getName())
          .log(
              Level.WARNING,
              "logging was in use before it was set up, so it will end before the drain does");
    }
    return true;
  }

  /** Does nothing: each line is flushed as it is written, so there is nothing to lose. */
  @Override
  public void reset() {}
}
