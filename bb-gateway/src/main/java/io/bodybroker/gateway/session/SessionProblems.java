package io.bodybroker.gateway.session;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.bodybroker.gateway.problem.CallProblems;
import io.bodybroker.gateway.problem.Problem;
import io.bodybroker.gateway.problem.ProblemException;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.MethodAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What somebody gets who is not let in. Never holds a token. */
final class SessionProblems {
  private SessionProblems() {}

  /** 401: a session is needed, and none is shown. */
  static ProblemException needed() {
    return CallProblems.unauthenticated(
        "This needs a session: Authorization: Bearer, with the token of one", "Bearer");
  }

  /** 401: what is shown is not how a session is. */
  static ProblemException malformed() {
    return CallProblems.unauthenticated(
        "Authorization (expected: once, Bearer and a token)", "Bearer error=\"invalid_request\"");
  }

  /** 401: the token is that of no session, or no longer. */
  static ProblemException invalid() {
    return CallProblems.unauthenticated(
        "The token is not that of a session, or the session has ended",
        "Bearer error=\"invalid_token\"");
  }

  /** 403: who is signed in may not do this. */
  static ProblemException forbidden(MethodAccess access, String user, Message request) {
    var who = new ArrayList<String>();
    Optional<FieldDescriptor> own = access.own();
    own.ifPresent(field -> who.add("whom " + field.getName() + " names"));
    access.roles().forEach(role -> who.add("who has the role " + role));
    List<FieldViolation> violations =
        own.map(field ->
                List.of(
                    new FieldViolation(field.getName(), request.getField(field).toString(), user)))
            .orElse(List.of());
    return new ProblemException(
        new Problem(
            ErrorCode.PERMISSION_DENIED.httpStatus(ErrorOrigin.SERVER),
            "Permission denied",
            "Only for " + String.join(", or ", who),
            Optional.of(ErrorCode.PERMISSION_DENIED),
            violations,
            Map.of(),
            Optional.empty(),
            Map.of()));
  }

  /**
   * 503 or 504: nobody can tell now whose a token is.
   *
   * @param service which service would
   */
  static ProblemException unknown(ServiceException error, String service) {
    if (error.code() == ErrorCode.DEADLINE_EXCEEDED || error.code() == ErrorCode.UNAVAILABLE) {
      return new ProblemException(CallProblems.of(error, service));
    }
    // Whatever else is wrong there is not what the client asked for.
    var away = ServiceException.builder(ErrorCode.UNAVAILABLE, service).origin(ErrorOrigin.CLIENT);
    return new ProblemException(CallProblems.of(away.build(), service));
  }
}
