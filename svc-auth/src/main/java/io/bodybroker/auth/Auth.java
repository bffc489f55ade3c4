package io.bodybroker.auth;

import io.bodybroker.auth.state.v1.StoredSession;
import io.bodybroker.auth.ticket.RefusedTicketException;
import io.bodybroker.auth.ticket.Ticket;
import io.bodybroker.auth.ticket.TicketVerifier;
import io.bodybroker.auth.v1.AuthService;
import io.bodybroker.auth.v1.CheckRateLimitRequest;
import io.bodybroker.auth.v1.CheckRateLimitResponse;
import io.bodybroker.auth.v1.CreateSessionRequest;
import io.bodybroker.auth.v1.CreateSessionResponse;
import io.bodybroker.auth.v1.EndAllSessionsRequest;
import io.bodybroker.auth.v1.EndAllSessionsResponse;
import io.bodybroker.auth.v1.EndSessionRequest;
import io.bodybroker.auth.v1.EndSessionResponse;
import io.bodybroker.auth.v1.GrantRoleRequest;
import io.bodybroker.auth.v1.GrantRoleResponse;
import io.bodybroker.auth.v1.ListRolesRequest;
import io.bodybroker.auth.v1.ListRolesResponse;
import io.bodybroker.auth.v1.ListSessionsRequest;
import io.bodybroker.auth.v1.ListSessionsResponse;
import io.bodybroker.auth.v1.RemoveRoleRequest;
import io.bodybroker.auth.v1.RemoveRoleResponse;
import io.bodybroker.auth.v1.RevokeSessionRequest;
import io.bodybroker.auth.v1.RevokeSessionResponse;
import io.bodybroker.auth.v1.Role;
import io.bodybroker.auth.v1.RotateSessionRequest;
import io.bodybroker.auth.v1.RotateSessionResponse;
import io.bodybroker.auth.v1.SignInRequest;
import io.bodybroker.auth.v1.SignInResponse;
import io.bodybroker.auth.v1.ValidateSessionRequest;
import io.bodybroker.auth.v1.ValidateSessionResponse;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Answers who is playing, what they may do, and how often. */
public final class Auth implements AuthService {
  private final Optional<TicketVerifier> tickets;
  private final SpentTickets spent;
  private final Sessions sessions;
  private final Roles roles;
  private final RateLimits limits;
  private final InstantSource time;

  Auth(
      Optional<TicketVerifier> tickets,
      SpentTickets spent,
      Sessions sessions,
      Roles roles,
      RateLimits limits,
      InstantSource time) {
    this.tickets = tickets;
    this.spent = spent;
    this.sessions = sessions;
    this.roles = roles;
    this.limits = limits;
    this.time = time;
  }

  @Override
  public SignInResponse signIn(SignInRequest request, CallContext call) {
    var timeToLive = Wire.timeToLive(request.hasTtl(), request.getTtl());
    var metadata = Wire.metadata(request.getMetadataMap());
    var player = taken(request.getTicket()).player();
    var begun = sessions.begin(player, timeToLive, request.getClient(), metadata, roles.of(player));
    return SignInResponse.newBuilder()
        .setToken(begun.token().reveal())
        .setSession(begun.session())
        .build();
  }

  /** A ticket that is good, and was not taken before. */
  private Ticket taken(String text) {
    var verifier =
        tickets.orElseThrow(() ->
            ServiceException.of(
                ErrorCode.FAILED_PRECONDITION,
                "nobody can sign in: no issuer of tickets is trusted (auth.issuer-keys)"));
    try {
      var ticket = verifier.verify(text, time.instant());
      if (!spent.take(ticket)) {
        throw refusedTicket("it was used before");
      }
      return ticket;
    } catch (RefusedTicketException e) {
      throw refusedTicket(e.reason());
    }
  }

  private static ServiceException refusedTicket(String reason) {
    return ServiceException.of(ErrorCode.UNAUTHENTICATED, "the ticket is not good: " + reason);
  }

  @Override
  public CreateSessionResponse createSession(CreateSessionRequest request, CallContext call) {
    var player = request.getPlayerId();
    var begun =
        sessions.begin(
            player,
            Wire.timeToLive(request.hasTtl(), request.getTtl()),
            request.getClient(),
            Wire.metadata(request.getMetadataMap()),
            roles.of(player));
    return CreateSessionResponse.newBuilder()
        .setToken(begun.token().reveal())
        .setSession(begun.session())
        .build();
  }

  @Override
  public ValidateSessionResponse validateSession(ValidateSessionRequest request, CallContext call) {
    return SessionToken.parse(request.getToken())
        .flatMap(sessions::validate)
        .map(found ->
            ValidateSessionResponse.newBuilder()
                .setValid(true)
                .setSession(found.session())
                .addRoles(Role.PLAYER)
                .addAllRoles(found.roles())
                .build())
        .orElse(ValidateSessionResponse.getDefaultInstance());
  }

  @Override
  public RotateSessionResponse rotateSession(RotateSessionRequest request, CallContext call) {
    return SessionToken.parse(request.getToken())
        .flatMap(sessions::rotate)
        .map(rotated ->
            RotateSessionResponse.newBuilder()
                .setToken(rotated.token().reveal())
                .setSession(rotated.session())
                .build())
        .orElseThrow(() ->
            ServiceException.of(ErrorCode.UNAUTHENTICATED, "the token is not that of a session"));
  }

  @Override
  public RevokeSessionResponse revokeSession(RevokeSessionRequest request, CallContext call) {
    boolean revoked = SessionToken.parse(request.getToken()).map(sessions::revoke).orElse(false);
    return RevokeSessionResponse.newBuilder().setRevoked(revoked).build();
  }

  @Override
  public ListSessionsResponse listSessions(ListSessionsRequest request, CallContext call) {
    int size = request.hasPageSize() ? request.getPageSize() : SessionBook.MOST;
    long before = Pages.before(request.getPageToken());
    var older =
        sessions.list(request.getPlayerId()).reversed().stream()
            .filter(session -> session.getSequence() < before)
            .toList();
    List<StoredSession> page = older.subList(0, Math.min(size, older.size()));
    var answer = ListSessionsResponse.newBuilder();
    page.forEach(session -> answer.addSessions(Wire.session(request.getPlayerId(), session)));
    if (page.size() < older.size()) {
      answer.setNextPageToken(String.valueOf(page.getLast().getSequence()));
    }
    return answer.build();
  }

  @Override
  public EndSessionResponse endSession(EndSessionRequest request, CallContext call) {
    if (!sessions.end(request.getPlayerId(), request.getSessionId())) {
      throw ServiceException.notFound("session", request.getSessionId());
    }
    return EndSessionResponse.getDefaultInstance();
  }

  @Override
  public EndAllSessionsResponse endAllSessions(EndAllSessionsRequest request, CallContext call) {
    return EndAllSessionsResponse.newBuilder()
        .setEnded(sessions.endAll(request.getPlayerId()))
        .build();
  }

  @Override
  public ListRolesResponse listRoles(ListRolesRequest request, CallContext call) {
    return ListRolesResponse.newBuilder().addAllGrants(roles.list(request.getPlayerId())).build();
  }

  @Override
  public GrantRoleResponse grantRole(GrantRoleRequest request, CallContext call) {
    var by = call.metadata().user().orElse("");
    return GrantRoleResponse.newBuilder()
        .addAllGrants(roles.grant(request.getPlayerId(), request.getRole(), by))
        .build();
  }

  @Override
  public RemoveRoleResponse removeRole(RemoveRoleRequest request, CallContext call) {
    return RemoveRoleResponse.newBuilder()
        .addAllGrants(roles.remove(request.getPlayerId(), request.getRole()))
        .build();
  }

  @Override
  public CheckRateLimitResponse checkRateLimit(CheckRateLimitRequest request, CallContext call) {
    var caller = Caller.of(request);
    List<Role> granted =
        switch (caller) {
          case Caller.Player player -> sessions.roles(player.id());
          case Caller.Address address -> List.of();
        };
    return limits.check(request, caller, granted, time.instant());
  }
}
