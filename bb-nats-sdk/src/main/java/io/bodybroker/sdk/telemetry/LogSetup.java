package io.bodybroker.sdk.telemetry;

import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sets up the logs of a whole process: JSON lines, to the last line of its drain. */
public final class LogSetup {
  private static final String MANAGER = "java.util.logging.manager";
  private static final String FILE = "java.util.logging.config.file";

  private LogSetup() {}

  /**
   * Sends everything from level INFO on to one handler. An operator's own set-up, by one of the
   * JDK's system properties, is left alone.
   *
   * <p>Must run before the first logger is made, so the class of a {@code main} has none in a
   * static field; else the last lines of a drain are lost, which is logged.
   *
   * @param handler where to; made after the log manager has been chosen
   */
  public static void install(Supplier<? extends Handler> handler) {
    if (System.getProperty(MANAGER) != null || System.getProperty(FILE) != null) {
      return;
    }
    // By name: to initialize the class is to initialize the JDK's, which then chooses its own.
    System.setProperty(MANAGER, LogSetup.class.getPackageName() + ".DrainingLogManager");
    boolean isOurs = LogManager.getLogManager() instanceof DrainingLogManager;
    Logger root = Logger.getLogger("");
    for (Handler old : root.getHandlers()) {
      root.removeHandler(old);
    }
    Handler only = handler.get();
    only.setFormatter(new JsonLogFormatter());
    only.setLevel(java.util.logging.Level.ALL);
    root.addHandler(only);
    root.setLevel(java.util.logging.Level.INFO);
    if (!isOurs) {
      System.getLogger(LogSetup.class.getName())
          .log(
              Level.WARNING,
              "logging was in use before it was set up, so it will end before the drain does");
    }
  }
}
