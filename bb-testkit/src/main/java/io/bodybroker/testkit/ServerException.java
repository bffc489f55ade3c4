package io.bodybroker.testkit;

import java.io.Serial;

/**
 * A server could not be found, started or brought into the wanted state. The message says what was
 * tried and ends with the last lines of the server's log. Whatever had been opened for the failed
 * start has been closed again.
 */
public class ServerException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  ServerException(String message) {
    super(message);
  }

  ServerException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Somebody else took a port between the look and the bind: worth another try with other ports.
   */
  static final class PortTaken extends ServerException {

    @Serial private static final long serialVersionUID = 1L;

    PortTaken(String message) {
      super(message);
    }
  }
}
