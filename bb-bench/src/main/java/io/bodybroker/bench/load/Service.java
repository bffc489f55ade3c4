package io.bodybroker.bench.load;

/**
 * One contender: a service and its callers. Either end is opened in a process of its own; a class
 * of this kind has a constructor without arguments.
 */
public interface Service {
  /** The end that serves, until it is closed. */
  interface Server extends AutoCloseable {
    /** What its callers connect to. */
    String address();
  }

  /** The end that calls, until it is closed. */
  interface Client extends AutoCloseable {
    /** Calls with so many bytes. */
    Target target(int bytes);
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
