package io.bodybroker.sdk.host;

/**
 * Wires one service: which handlers it serves, on which state. No rule of the domain belongs here.
 */
public interface ServiceModule {
  /**
   * Called once at start, before anything is served. What it throws ends the process with its
   * message.
   */
  void configure(ServiceContext context);
}
