package io.bodybroker.sdk.error;

/**
 * The closed list of error codes, and the one table that maps them to HTTP.
 *
 * <p>The codes and their meaning follow gRPC's status codes, so nobody has to learn new ones. The
 * HTTP status depends on who made the error: a server that answers {@link #UNAVAILABLE} is a 503,
 * and so is nobody listening; but {@link #CANCELLED} made by the gateway's own side means its HTTP
 * client went away (499), while a server that answers it gave up for reasons of its own (500), and
 * {@link #INTERNAL} made by the gateway's own side means an answer it could not understand (502).
 */
public enum ErrorCode {
  /** The request itself is wrong, whatever the state of the system. */
  INVALID_ARGUMENT(400),
  /** What the request names does not exist. */
  NOT_FOUND(404),
  /** What the request wants to create exists. */
  ALREADY_EXISTS(409),
  /** The caller is known and may not do this. */
  PERMISSION_DENIED(403),
  /** The caller is not known. */
  UNAUTHENTICATED(401),
  /** Lost a race, such as a compare-and-set on an old version; read again, then try again. */
  ABORTED(409),
  /** A limit was reached: concurrency, rate, quota. The work was not done. */
  RESOURCE_EXHAUSTED(429),
  /**
   * The system is not in the state the request needs; retrying without changing that state is
   * useless.
   */
  FAILED_PRECONDITION(412),
  /** A valid kind of value beyond the valid range, such as a time in the past. */
  OUT_OF_RANGE(400),
  /** The method is not there, or not switched on. */
  UNIMPLEMENTED(501),
  /** A defect of the server. Only the error id leaves it; the cause is in the log. */
  INTERNAL(500, 502),
  /** Not reachable now; trying again later may help. */
  UNAVAILABLE(503),
  /** Time was up before there was an answer. The work may have been done. */
  DEADLINE_EXCEEDED(504),
  /** The caller gave up. */
  CANCELLED(500, 499),
  /** An error whose code this side does not know. */
  UNKNOWN(500);

  private final int serverStatus;
  private final int clientStatus;

  ErrorCode(int status) {
    this(status, status);
  }

  ErrorCode(int serverStatus, int clientStatus) {
    this.serverStatus = serverStatus;
    this.clientStatus = clientStatus;
  }

  /** The HTTP status that an error with this code becomes at the gateway. */
  public int httpStatus(ErrorOrigin origin) {
    return origin == ErrorOrigin.SERVER ? serverStatus : clientStatus;
  }
}
