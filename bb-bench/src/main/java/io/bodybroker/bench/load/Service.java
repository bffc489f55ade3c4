package io.bodybroker.bench.load;

import java.util.function.IntFunction;

/**
 * One contender: a service and its callers. Either end is opened in a process of its own; a class
 * of this kind has a constructor without arguments.
 */
public interface Service {
  /** The end that serves, until it is closed. */
  interface Server extends AutoCloseable {
    /** What its callers connect to. */
    String address();

    /** What serves there already, and ends when this is closed. */
    static Server of(String address, AutoCloseable serving) {
      return new OpenServer(address, serving);
    }
  }

  /** The end that calls, until it is closed. */
  interface Client extends AutoCloseable {
    /** Calls with so many bytes. */
    Target target(int bytes);

    /** What is connected already, and ends when this is closed. */
    static Client of(AutoCloseable connected, IntFunction<Target> targets) {
      return new OpenClient(connected, targets);
    }
  }

  /**
   * Serves from now on.
   *
   * @param natsUrl of the server that those use who need one
   */
  Server serve(String natsUrl) throws Exception;

  /** Connects to an address that a server told; returns when calls can be made. */
  Client connect(String address) throws Exception;
}
