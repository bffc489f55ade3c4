package io.bodybroker.gateway.problem;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Problems from errors of calls. What a service says to its caller is passed on. What our own side
 * of the call says is for operators (subjects, servers, breakers), so clients get a text of their
 * own.
 */
public final class CallProblems {
  /** When to come back after an outage or over a limit, in seconds: breakers probe after 5. */
  private static final String RETRY_AFTER = "5";

  /** Every 401 says what it expects (RFC 9110, 15.5.2). */
  private static final String CHALLENGE = "WWW-Authenticate";

  private CallProblems() {}

  /**
   * The problem that an error is.
   *
   * @param service what was called, as the caller knows it
   */
  public static Problem of(ServiceException error, String service) {
    ErrorCode code = error.code();
    var problem =
        new Problem(
            code.httpStatus(error.origin()),
            title(code),
            detail(error, service),
            Optional.of(code),
            error.fieldViolations(),
            error.details(),
            error.errorId(),
            Map.of());
    return switch (problem.status()) {
      case 429, 503 -> problem.withHeader("Retry-After", RETRY_AFTER);
      case 401 -> problem.withHeader(CHALLENGE, "Bearer");
      default -> problem;
    };
  }

  /**
   * Who asks is not known, and must be.
   *
   * @param challenge what is expected, as {@code WWW-Authenticate} has it (RFC 6750, 3)
   */
  public static ProblemException unauthenticated(String detail, String challenge) {
    var problem =
        new Problem(
            ErrorCode.UNAUTHENTICATED.httpStatus(ErrorOrigin.SERVER),
            title(ErrorCode.UNAUTHENTICATED),
            detail,
            Optional.of(ErrorCode.UNAUTHENTICATED),
            List.of(),
            Map.of(),
            Optional.empty(),
            Map.of());
    return new ProblemException(problem.withHeader(CHALLENGE, challenge));
  }

  /** A defect of the gateway itself; its cause is in the log under {@code errorId}. */
  public static Problem internal(String errorId) {
    return new Problem(
        ErrorCode.INTERNAL.httpStatus(ErrorOrigin.SERVER),
        title(ErrorCode.INTERNAL),
        "The gateway failed; its log has the cause under error id " + errorId,
        Optional.of(ErrorCode.INTERNAL),
        List.of(),
        Map.of(),
        Optional.of(errorId),
        Map.of());
  }

  private static String detail(ServiceException error, String service) {
    // That the time is up both sides notice at once; who says so first is chance.
    if (error.origin() == ErrorOrigin.SERVER && error.code() != ErrorCode.DEADLINE_EXCEEDED) {
      return error.message();
    }
    return switch (error.code()) {
      case UNAVAILABLE -> service + " cannot be reached now";
      case DEADLINE_EXCEEDED -> service + " did not answer in time; the work may have been done";
      case RESOURCE_EXHAUSTED -> "too many requests for " + service + " at once";
      case CANCELLED -> "the request was cancelled";
      case INTERNAL, UNKNOWN -> service + " gave an answer that could not be understood";
      case INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          UNAUTHENTICATED,
          ABORTED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNIMPLEMENTED ->
          error.message();
    };
  }

  /** {@code INVALID_ARGUMENT} as people write it: {@code Invalid argument}. */
  private static String title(ErrorCode code) {
    String words = code.name().replace('_', ' ').toLowerCase(Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
