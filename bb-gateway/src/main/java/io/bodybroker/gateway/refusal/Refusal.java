package io.bodybroker.gateway.refusal;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import java.util.List;
import java.util.stream.Collectors;

/** {@code INVALID_ARGUMENT}, made here: no server saw the call, nothing can have happened. */
public final class Refusal {
  private Refusal() {}

  /** Begins a refusal with a message of its own. */
  public static ServiceException.Builder because(String message) {
    return ServiceException.builder(ErrorCode.INVALID_ARGUMENT, message)
        .origin(ErrorOrigin.CLIENT)
        .mayHaveExecuted(false);
  }

  /** For several fields at once; the message names each. */
  public static ServiceException of(List<FieldViolation> violations) {
    String message =
        violations.stream().map(FieldViolation::describe).collect(Collectors.joining("; "));
    return because(message).fieldViolations(violations).build();
  }

  /** For one field, or one part of the request such as {@code path}. */
  public static ServiceException of(String field, String value, String expected) {
    return of(List.of(new FieldViolation(field, value, expected)));
  }
}
