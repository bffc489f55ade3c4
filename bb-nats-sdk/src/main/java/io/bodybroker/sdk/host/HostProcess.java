package io.bodybroker.sdk.host;

import io.bodybroker.sdk.config.ConfigException;
import io.bodybroker.sdk.telemetry.LogSetup;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.logging.ConsoleHandler;

/**
 * The life of a process that serves until it is told to end: JSON logs, a start, a drain at
 * SIGTERM, and an exit status that tells an operator what happened: 0 after draining, 2 if the
 * configuration is wrong, 1 if the start or the drain fails otherwise.
 */
public final class HostProcess {
  private static final int DRAINED = 0;
  private static final int FAILED = 1;
  private static final int CONFIGURATION_IS_WRONG = 2;

  private HostProcess() {}

  /**
   * Runs what {@code start} starts, and does not return before the process ends.
   *
   * @param args of {@code main}; none are known, and any is refused since a typo must not be
   *     ignored
   * @param start what it returns is closed at SIGTERM, within its own bound
   */
  public static void run(String[] args, Supplier<? extends AutoCloseable> start) {
    LogSetup.install(ConsoleHandler::new);
    Logger log = System.getLogger(HostProcess.class.getName());
    try {
      if (args.length > 0) {
        throw new ConfigException(
            "arguments: "
                + List.of(args)
                + " (expected: none; settings come from the environment)");
      }
      AutoCloseable running = start.get();
      Thread drain = Thread.ofPlatform().name("drain").unstarted(() -> end(running, log));
      Runtime.getRuntime().addShutdownHook(drain);
      new CountDownLatch(1).await();
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(CONFIGURATION_IS_WRONG);
    } catch (RuntimeException e) {
      log.log(Level.ERROR, "the start failed", e);
      System.exit(FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * In a shutdown hook the exit status is the signal's; ending by halt is how a drained process
   * says 0.
   */
  private static void end(AutoCloseable running, Logger log) {
    try {
      running.close();
      Runtime.getRuntime().halt(DRAINED);
    } catch (Exception e) {
      log.log(Level.ERROR, "the drain failed", e);
      Runtime.getRuntime().halt(FAILED);
    }
  }
}
