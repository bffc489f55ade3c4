package io.bodybroker.gateway.session;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.MethodAccess;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.sdk.rpc.SessionCheck;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells who makes a request, by asking the method whose contract says that it knows ({@code option
 * (bodybroker.sdk.v1.sessions)}). It is asked each time and nothing is remembered, so that a
 * session that was revoked is not let in once more; what that costs is in {@code docs/decisions}.
 *
 * <p>Where no contract knows sessions, what a client says of itself is not read. Thread-safe.
 */
public final class Sessions {
  private static final Logger LOG = System.getLogger(Sessions.class.getName());

  /** The token of RFC 6750, 2.1, no longer than would fit into a line. */
  private static final Pattern BEARER =
      Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9._~+/-]{1,4096}=*)");

  private final RpcCaller caller;
  private final Optional<RpcMethod<?, ?>> method;

  private Sessions(RpcCaller caller, Optional<RpcMethod<?, ?>> method) {
    this.caller = caller;
    this.method = method;
  }

  /**
   * The sessions that these contracts know.
   *
   * @throws IllegalArgumentException if two know them, or one needs a session and none knows them,
   *     naming the methods
   */
  public static Sessions of(List<ServiceContract> contracts, RpcCaller caller) {
    List<RpcMethod<?, ?>> methods =
        contracts.stream().<RpcMethod<?, ?>>flatMap(one -> one.methods().stream()).toList();
    List<RpcMethod<?, ?>> knowing =
        methods.stream().filter(one -> one.sessionCheck().isPresent()).toList();
    if (knowing.size() > 1) {
      throw new IllegalArgumentException(
          "option sessions of " + knowing + " (expected: of one method at most)");
    }
    if (knowing.isEmpty()) {
      methods.stream()
          .filter(one -> one.access().isPresent())
          .findFirst()
          .ifPresent(closed -> {
            throw new IllegalArgumentException(
                closed
                    + " needs a session (expected: a contract beside it with option sessions,"
                    + " such as that of auth)");
          });
    }
    return new Sessions(caller, knowing.stream().findFirst());
  }

  /**
   * Who makes a request.
   *
   * @param authorization the values of its header {@code Authorization}
   * @param options how to ask
   * @throws io.bodybroker.gateway.problem.ProblemException 401 if what is shown is no session, 503
   *     or 504 if that cannot be found out
   */
  public Visitor visitor(List<String> authorization, CallOptions options) {
    if (method.isEmpty() || authorization.isEmpty()) {
      return Visitor.ANONYMOUS;
    }
    var bearer = BEARER.matcher(authorization.getFirst());
    if (authorization.size() > 1 || !bearer.matches()) {
      throw SessionProblems.malformed();
    }
    return visitor(method.get(), bearer.group(1), options);
  }

  private <Q extends Message, R extends Message> Visitor visitor(
      RpcMethod<Q, R> asked, String token, CallOptions options) {
    SessionCheck check = asked.sessionCheck().orElseThrow();
    Message answer;
    try {
      answer = caller.call(asked, check.request(asked.requestDefault(), token), options);
    } catch (ServiceException e) {
      if (e.code() == ErrorCode.INVALID_ARGUMENT || e.code() == ErrorCode.UNAUTHENTICATED) {
        throw SessionProblems.invalid(); // it cannot even be one
      }
      LOG.log(Level.DEBUG, "sessions cannot be looked up at " + asked, e);
      throw SessionProblems.unknown(e, asked.service());
    }
    String user = check.user(answer).orElseThrow(SessionProblems::invalid);
    return new Visitor(Optional.of(user), check.roles(answer));
  }

  /**
   * Refuses a visitor who is not signed in where that is needed.
   *
   * @throws io.bodybroker.gateway.problem.ProblemException 401
   */
  public static void requireSignedIn(RpcMethod<?, ?> method, Visitor visitor) {
    if (method.access().isPresent() && visitor.user().isEmpty()) {
      throw SessionProblems.needed();
    }
  }

  /**
   * Refuses a request that its visitor may not make.
   *
   * @throws io.bodybroker.gateway.problem.ProblemException 401 or 403
   */
  public static void requireAllowed(RpcMethod<?, ?> method, Visitor visitor, Message request) {
    if (method.access().isEmpty()) {
      return;
    }
    MethodAccess access = method.access().get();
    String user = visitor.user().orElseThrow(SessionProblems::needed);
    if (!access.allows(request, user, visitor.roles())) {
      throw SessionProblems.forbidden(access, user, request);
    }
  }
}
