package io.bodybroker.sdk.testing;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/**
 * How calls fail. What is wrong with a request is part of a contract: a caller has to be able to
 * show it beside the right field.
 *
 * {@snippet file="io/bodybroker/sdk/testing/ServiceAssertionsTest.java" region="example"}
 */
public final class ServiceAssertions {
  private ServiceAssertions() {}

  /**
   * The call fails with this code.
   *
   * @return the error, for more questions
   * @throws AssertionError if it succeeds, or fails in another way; its cause is how
   */
  public static ServiceException assertFails(ErrorCode code, Executable call) {
    try {
      call.execute();
    } catch (ServiceException e) {
      if (e.code() != code) {
        throw new AssertionError("failed with %s (expected: %s)".formatted(shown(e), code), e);
      }
      return e;
    } catch (Throwable e) {
      throw new AssertionError("failed with %s (expected: %s)".formatted(e, code), e);
    }
    throw new AssertionError("succeeded (expected: to fail with " + code + ")");
  }

  /**
   * The call is refused with {@link ErrorCode#INVALID_ARGUMENT} for these fields and no others, in
   * any order, and for each of them the error says what would be right.
   *
   * @param fields their paths, {@code target_time.month}
   * @return the error, for more questions
   * @throws AssertionError if it is not; its cause is how it failed instead
   */
  public static ServiceException assertRefuses(Executable call, String... fields) {
    var error = assertFails(ErrorCode.INVALID_ARGUMENT, call);
    var refused = error.fieldViolations();
    if (!refused.stream().map(FieldViolation::field).sorted().toList().equals(sorted(fields))) {
      throw new AssertionError(
          "refused for %s (expected: for %s)".formatted(shown(error), sorted(fields)), error);
    }
    for (FieldViolation violation : refused) {
      if (violation.expected().isBlank()) {
        throw new AssertionError(violation.field() + " without what would be right", error);
      }
    }
    return error;
  }

  private static List<String> sorted(String... fields) {
    return List.of(fields).stream().sorted().toList();
  }

  private static String shown(ServiceException error) {
    return error.code() + ": " + error.message();
  }
}
