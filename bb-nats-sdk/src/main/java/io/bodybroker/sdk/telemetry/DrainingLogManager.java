package io.bodybroker.sdk.telemetry;

import java.util.logging.LogManager;

/**
 * Keeps logs open until the process has ended. The JDK's own log manager closes them in a shutdown
 * hook, beside the hook that drains, and so swallows what a drain has to say.
 *
 * <p>Public for the JDK, which finds it by its name; {@link LogSetup} installs it.
 */
public final class DrainingLogManager extends LogManager {
  /** For the JDK. */
  public DrainingLogManager() {}

  /** Does nothing: each line is flushed as it is written, so there is nothing to lose. */
  @Override
  public void reset() {}
}
