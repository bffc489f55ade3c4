package io.bodybroker.auth;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.bodybroker.auth.v1.AuthClient;
import io.bodybroker.auth.v1.CheckRateLimitRequest;
import io.bodybroker.auth.v1.CheckRateLimitResponse;
import io.bodybroker.auth.v1.CreateSessionRequest;
import io.bodybroker.auth.v1.CreateSessionResponse;
import io.bodybroker.auth.v1.EndAllSessionsRequest;
import io.bodybroker.auth.v1.EndSessionRequest;
import io.bodybroker.auth.v1.GrantRoleRequest;
import io.bodybroker.auth.v1.ListRolesRequest;
import io.bodybroker.auth.v1.ListSessionsRequest;
import io.bodybroker.auth.v1.RateClass;
import io.bodybroker.auth.v1.RateLimitExceeded;
import io.bodybroker.auth.v1.RemoveRoleRequest;
import io.bodybroker.auth.v1.RevocationReason;
import io.bodybroker.auth.v1.RevokeSessionRequest;
import io.bodybroker.auth.v1.Role;
import io.bodybroker.auth.v1.RoleGrant;
import io.bodybroker.auth.v1.RotateSessionRequest;
import io.bodybroker.auth.v1.Session;
import io.bodybroker.auth.v1.SessionCreated;
import io.bodybroker.auth.v1.SessionRevoked;
import io.bodybroker.auth.v1.SignInRequest;
import io.bodybroker.auth.v1.ValidateSessionRequest;
import io.bodybroker.auth.v1.ValidateSessionResponse;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.testing.MovableTime;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Two instances over real servers, as in production, but for the clock, which a test moves. */
@TestServers
class TwoInstancesTest {
  private static final java.time.Duration BOUND = java.time.Duration.ofSeconds(20);

  private final MovableTime time = MovableTime.still();
  private final TestIssuer issuer = TestIssuer.create();
  private final List<Message> events = new CopyOnWriteArrayList<>();
  private String player = "";
  private RunningService service;
  private AuthClient auth;

  @BeforeEach
  void start(NatsServer nats, RedisServer redis, TestInfo test, @TempDir Path directory)
      throws Exception {
    player = test.getTestMethod().orElseThrow().getName();
    service =
        RunningService.of(() -> new AuthModule(issuer.settings(directory)))
            .clock(time)
            .config(config -> config.callTimeout(java.time.Duration.ofSeconds(20)))
            .start(nats, redis);
    auth = AuthClient.on(service.bus());
    var observer = service.observer();
    observer
        .jetStream()
        .subscribe(
            "evt.auth.>",
            observer.createDispatcher(),
            events::add,
            false,
            PushSubscribeOptions.builder().ordered(true).build());
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
  }

  private CreateSessionResponse begin() {
    return auth.createSession(CreateSessionRequest.newBuilder().setPlayerId(player).build());
  }

  private ValidateSessionResponse validate(String token) {
    return auth.validateSession(ValidateSessionRequest.newBuilder().setToken(token).build());
  }

  private List<Session> sessions() {
    return auth.listSessions(ListSessionsRequest.newBuilder().setPlayerId(player).build())
        .getSessionsList();
  }

  private boolean revoke(String token) {
    return auth.revokeSession(RevokeSessionRequest.newBuilder().setToken(token).build())
        .getRevoked();
  }

  private SignInRequest signIn(String ticket) {
    return SignInRequest.newBuilder()
        .setTicket(ticket)
        .setClient("Windows")
        .putMetadata("build", "5.6")
        .build();
  }

  private static <T> List<T> race(int clients, Callable<T> call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = IntStream.range(0, clients).mapToObj(i -> threads.submit(call)).toList();
      var results = new ArrayList<T>();
      for (var one : running) {
        results.add(one.get());
      }
      return results;
    }
  }

  @Test
  void signInWithATicketOnceAndNoMoreHoweverManyTry() throws Exception {
    var request = signIn(issuer.ticket(player, "once", time.instant()));
    var answers =
        race(
            20,
            () -> {
              try {
                return auth.signIn(request).getToken();
              } catch (ServiceException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
                assertThat(e.message()).isEqualTo("the ticket is not good: it was used before");
                return "";
              }
            });
    var token = answers.stream().filter(answer -> !answer.isEmpty()).toList();
    assertThat(token).hasSize(1);
    var valid = validate(token.getFirst());
    assertThat(valid.getValid()).isTrue();
    assertThat(valid.getRolesList()).containsExactly(Role.PLAYER);
    assertThat(valid.getSession().getPlayerId()).isEqualTo(player);
    assertThat(valid.getSession().getClient()).isEqualTo("Windows");
    assertThat(valid.getSession().getMetadataMap()).containsEntry("build", "5.6");
    assertThat(ProtoTimes.instant(valid.getSession().getExpiresAt()))
        .isEqualTo(time.instant().plus(java.time.Duration.ofHours(24)));
    assertFails(
        ErrorCode.UNAUTHENTICATED,
        () -> auth.signIn(signIn(TestIssuer.create().ticket(player, "2", time.instant()))));
  }

  @Test
  void rotateATokenToOneOtherWhoeverIsFirst() throws Exception {
    var first = begin();
    var fresh =
        race(
            10,
            () -> {
              try {
                return auth.rotateSession(
                        RotateSessionRequest.newBuilder().setToken(first.getToken()).build())
                    .getToken();
              } catch (ServiceException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
                return "";
              }
            });
    var tokens = fresh.stream().filter(answer -> !answer.isEmpty()).toList();
    assertThat(tokens).hasSize(1);
    assertThat(validate(first.getToken())).isEqualTo(ValidateSessionResponse.getDefaultInstance());
    assertThat(validate(tokens.getFirst()).getSession().getSessionId())
        .isEqualTo(first.getSession().getSessionId());
    assertThat(sessions()).hasSize(1);
  }

  @Test
  void revokeOnceHoweverManyTry() throws Exception {
    var begun = begin();
    assertThat(race(10, () -> revoke(begun.getToken()))).containsOnlyOnce(true);
    assertThat(revoke(begun.getToken())).isFalse();
    assertThat(revoke("bbs_rubbish")).isFalse();
    assertThat(validate(begun.getToken()).getValid()).isFalse();
    Await.until(BOUND, "both events", () -> eventsOf("session").size() == 2);
    assertThat(SessionCreated.parseFrom(eventsOf("session").getFirst().getData()).getSessionId())
        .isEqualTo(begun.getSession().getSessionId());
    assertThat(SessionRevoked.parseFrom(eventsOf("session").getLast().getData()).getReason())
        .isEqualTo(RevocationReason.SIGNED_OUT);
  }

  /**
   * Those in the stream that are about this test's player, which none of another's name contains.
   */
  private List<Message> eventsOf(String what) {
    return events.stream()
        .filter(event -> event.getSubject().startsWith("evt.auth." + what + "."))
        .filter(event -> new String(event.getData(), StandardCharsets.UTF_8).contains(player))
        .toList();
  }

  @Test
  void endAtTheirTimeAndNotBefore() {
    var begun =
        auth.createSession(
            CreateSessionRequest.newBuilder()
                .setPlayerId(player)
                .setTtl(Duration.newBuilder().setSeconds(60))
                .build());
    time.pass(java.time.Duration.ofSeconds(60).minusNanos(1));
    assertThat(validate(begun.getToken()).getValid()).isTrue();
    time.pass(java.time.Duration.ofNanos(1));
    assertThat(validate(begun.getToken()).getValid()).isFalse();
    assertThat(sessions()).isEmpty();
    assertThat(revoke(begun.getToken())).isFalse();
  }

  @Test
  void rememberWhenATokenWasLastUsedByTheMinute() {
    var begun = begin();
    var first = time.instant();
    time.pass(java.time.Duration.ofSeconds(59));
    validate(begun.getToken());
    assertThat(sessions().getFirst().getLastAccessedAt()).isEqualTo(ProtoTimes.timestamp(first));
    time.pass(java.time.Duration.ofSeconds(1));
    validate(begun.getToken());
    assertThat(sessions().getFirst().getLastAccessedAt())
        .isEqualTo(ProtoTimes.timestamp(time.instant()));
  }

  @Test
  void keepTenSessionsOfThoseThatBeginAtOnce() throws Exception {
    var begun = race(25, this::begin);
    assertThat(sessions()).hasSize(10);
    assertThat(begun.stream().filter(one -> validate(one.getToken()).getValid())).hasSize(10);
    Await.until(BOUND, "an event of each begin and end", () -> eventsOf("session").size() == 40);
    for (Message event : eventsOf("session.revoked")) {
      assertThat(SessionRevoked.parseFrom(event.getData()).getReason())
          .isEqualTo(RevocationReason.EVICTED);
    }
  }

  @Test
  void listSessionsPageByPageTheNewestFirst() {
    var begun = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      begun.addFirst(begin().getSession().getSessionId());
    }
    var seen = new ArrayList<String>();
    var request = ListSessionsRequest.newBuilder().setPlayerId(player).setPageSize(2);
    do {
      var page = auth.listSessions(request.build());
      assertThat(page.getSessionsCount()).isBetween(1, 2);
      page.getSessionsList().forEach(session -> seen.add(session.getSessionId()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    assertThat(seen).isEqualTo(begun);
  }

  @Test
  void endOneOfAPlayersSessionsAndThenAll() {
    var first = begin();
    var second = begin();
    var end =
        EndSessionRequest.newBuilder()
            .setPlayerId(player)
            .setSessionId(first.getSession().getSessionId())
            .build();
    auth.endSession(end);
    assertThat(validate(first.getToken()).getValid()).isFalse();
    assertThat(validate(second.getToken()).getValid()).isTrue();
    assertFails(ErrorCode.NOT_FOUND, () -> auth.endSession(end));
    assertFails(
        ErrorCode.NOT_FOUND, () -> auth.endSession(end.toBuilder().setPlayerId("nobody").build()));
    var all = EndAllSessionsRequest.newBuilder().setPlayerId(player).build();
    assertThat(auth.endAllSessions(all).getEnded()).isEqualTo(1);
    assertThat(auth.endAllSessions(all).getEnded()).isZero();
    assertThat(validate(second.getToken()).getValid()).isFalse();
  }

  private GrantRoleRequest grant(Role role) {
    return GrantRoleRequest.newBuilder().setPlayerId(player).setRole(role).build();
  }

  @Test
  void grantRolesThatHoldAtOnceForSessionsThereAreAndThoseToCome() {
    var before = begin().getToken();
    var byGrace = CallOptions.defaults().withMetadata(CallMetadata.builder().user("grace").build());
    auth.grantRole(grant(Role.SERVICE), byGrace);
    assertThat(validate(before).getRolesList()).containsExactly(Role.PLAYER, Role.SERVICE);
    var granted = auth.grantRole(grant(Role.OPERATOR)).getGrantsList();
    assertThat(granted).extracting(RoleGrant::getRole).containsExactly(Role.OPERATOR, Role.SERVICE);
    assertThat(granted).extracting(RoleGrant::getGrantedBy).containsExactly("", "grace");
    assertThat(auth.grantRole(grant(Role.OPERATOR)).getGrantsList()).isEqualTo(granted);
    assertThat(validate(begin().getToken()).getRolesList())
        .containsExactly(Role.PLAYER, Role.OPERATOR, Role.SERVICE);

    var removal = RemoveRoleRequest.newBuilder().setPlayerId(player).setRole(Role.SERVICE).build();
    auth.removeRole(removal);
    auth.removeRole(removal);
    assertThat(validate(before).getRolesList()).containsExactly(Role.PLAYER, Role.OPERATOR);
    assertThat(
            auth.listRoles(ListRolesRequest.newBuilder().setPlayerId(player).build())
                .getGrantsList())
        .extracting(RoleGrant::getRole)
        .containsExactly(Role.OPERATOR);
  }

  @Test
  void losesNoRoleThatIsGrantedWhileASessionBegins() throws Exception {
    var grants = Executors.newVirtualThreadPerTaskExecutor();
    try (grants) {
      for (int i = 0; i < 20; i++) {
        var name = player + i;
        var granted =
            grants.submit(() ->
                auth.grantRole(
                    GrantRoleRequest.newBuilder()
                        .setPlayerId(name)
                        .setRole(Role.OPERATOR)
                        .build()));
        var begun = auth.createSession(CreateSessionRequest.newBuilder().setPlayerId(name).build());
        granted.get();
        assertThat(validate(begun.getToken()).getRolesList()).contains(Role.OPERATOR);
      }
    }
  }

  private CheckRateLimitRequest check(String resource, String action) {
    return CheckRateLimitRequest.newBuilder()
        .setPlayerId(player)
        .setResource(resource)
        .setAction(action)
        .build();
  }

  @Test
  void allowExactlyAsManyRequestsAsTheLimitSaysToFiftyClients() throws Exception {
    var request = check("quest", "accept");
    var answers = new ArrayList<CheckRateLimitResponse>();
    race(
            50,
            () -> {
              var mine = new ArrayList<CheckRateLimitResponse>();
              for (int i = 0; i < 3; i++) {
                mine.add(auth.checkRateLimit(request));
              }
              return mine;
            })
        .forEach(answers::addAll);
    assertThat(answers.stream().filter(CheckRateLimitResponse::getAllowed)).hasSize(100);
    assertThat(answers)
        .allSatisfy(answer -> {
          assertThat(answer.getRemaining()).isBetween(0L, 99L);
          assertThat(answer.getLimit()).isEqualTo(100);
          assertThat(answer.getRateClass()).isEqualTo(RateClass.DEFAULT);
          assertThat(answer.getAllowed() || answer.getRemaining() == 0).isTrue();
        });
    Await.until(BOUND, "one notice", () -> eventsOf("ratelimit").size() == 1);
    var notice = RateLimitExceeded.parseFrom(eventsOf("ratelimit").getFirst().getData());
    assertThat(notice.getPlayerId()).isEqualTo(player);
    assertThat(notice.getLimit()).isEqualTo(100);
    assertThat(notice.getResource()).isEqualTo("quest");
  }

  @Test
  void beginToCountAnewExactlyWhenTheWindowEnds() {
    var request = check("ai/infer", "create");
    CheckRateLimitResponse last = auth.checkRateLimit(request);
    assertThat(last.getRemaining()).isEqualTo(9);
    for (int i = 0; i < 10; i++) {
      last = auth.checkRateLimit(request);
    }
    assertThat(last.getAllowed()).isFalse();
    assertThat(last.getRemaining()).isZero();
    var reset = ProtoTimes.instant(last.getResetAt());
    assertThat(reset).isEqualTo(time.instant().plusSeconds(60));
    time.pass(java.time.Duration.between(time.instant(), reset).minusNanos(1));
    assertThat(auth.checkRateLimit(request).getAllowed()).isFalse();
    time.pass(java.time.Duration.ofNanos(1));
    var next = auth.checkRateLimit(request);
    assertThat(next.getAllowed()).isTrue();
    assertThat(next.getRemaining()).isEqualTo(9);
    assertThat(ProtoTimes.instant(next.getResetAt())).isEqualTo(reset.plusSeconds(60));
  }

  @Test
  void countAddressesByWhatTheyAreAndApartFromPlayers() {
    var one =
        CheckRateLimitRequest.newBuilder()
            .setAddress("2001:db8::1")
            .setResource("quest")
            .setAction("list");
    assertThat(auth.checkRateLimit(one.build()).getRemaining()).isEqualTo(199);
    assertThat(auth.checkRateLimit(one.setAddress("2001:0DB8:0:0::1").build()).getRemaining())
        .isEqualTo(198);
    assertThat(auth.checkRateLimit(one.setAddress("192.0.2.1").build()).getRemaining())
        .isEqualTo(199);
    auth.grantRole(grant(Role.OPERATOR));
    assertThat(auth.checkRateLimit(check("quest", "accept")).getLimit()).isEqualTo(1000);
  }

  @Test
  void nameEachFieldThatIsWrong() {
    var tooLong = Duration.newBuilder().setSeconds(30 * 86_400).setNanos(1);
    var beyond = Duration.newBuilder().setSeconds(Long.MAX_VALUE);
    var create = CreateSessionRequest.newBuilder().setPlayerId("ada");
    assertNames(
        "player_id",
        "letters",
        () -> auth.createSession(create.clone().setPlayerId("a b").build()));
    assertNames(
        "player_id", "letters", () -> auth.createSession(create.clone().clearPlayerId().build()));
    assertNames(
        "ttl", "at most 30 days", () -> auth.createSession(create.clone().setTtl(tooLong).build()));
    assertNames(
        "ttl", "at most 30 days", () -> auth.createSession(create.clone().setTtl(beyond).build()));
    assertNames(
        "ttl",
        "more than 0 s",
        () -> auth.createSession(create.clone().setTtl(Duration.newBuilder()).build()));
    assertNames(
        "ttl",
        "more than 0 s",
        () ->
            auth.createSession(
                create.clone().setTtl(Duration.newBuilder().setSeconds(-1)).build()));
    assertNames(
        "client",
        "128",
        () -> auth.createSession(create.clone().setClient("x".repeat(129)).build()));
    assertNames(
        "metadata",
        "names of 1 to 64",
        () -> auth.createSession(create.clone().putMetadata("", "x").build()));
    assertNames(
        "metadata[a]",
        "at most 256",
        () -> auth.createSession(create.clone().putMetadata("a", "x".repeat(257)).build()));
    assertNames(
        "ttl",
        "at most 30 days",
        () -> auth.signIn(signIn("a.b.c").toBuilder().setTtl(tooLong).build()));
    assertNames("ticket", "text", () -> auth.signIn(SignInRequest.getDefaultInstance()));
    assertNames("token", "text", () -> validate(""));
    var list = ListSessionsRequest.newBuilder().setPlayerId("ada");
    assertNames(
        "page_size", "1 to 10", () -> auth.listSessions(list.clone().setPageSize(11).build()));
    assertNames(
        "page_token",
        "next_page_token",
        () -> auth.listSessions(list.clone().setPageToken("x").build()));
    assertNames(
        "session_id",
        "letters",
        () -> auth.endSession(EndSessionRequest.newBuilder().setPlayerId("ada").build()));
    assertNames("role", "OPERATOR", () -> auth.grantRole(grant(Role.ROLE_UNSPECIFIED)));
    assertNames("role", "everybody is a PLAYER", () -> auth.grantRole(grant(Role.PLAYER)));
    assertNames(
        "role",
        "everybody is a PLAYER",
        () ->
            auth.removeRole(
                RemoveRoleRequest.newBuilder().setPlayerId("ada").setRole(Role.PLAYER).build()));
    var limit = CheckRateLimitRequest.newBuilder().setResource("quest");
    assertNames("caller", "player_id or an address", () -> auth.checkRateLimit(limit.build()));
    assertNames(
        "address",
        "IPv4 or IPv6",
        () -> auth.checkRateLimit(limit.clone().setAddress("1.2.3").build()));
    assertNames(
        "address",
        "IPv4 or IPv6",
        () -> auth.checkRateLimit(limit.clone().setAddress("abc").build()));
    assertNames(
        "address",
        "IPv4 or IPv6",
        () -> auth.checkRateLimit(limit.clone().setAddress("1::2::3").build()));
    assertNames(
        "resource",
        "words",
        () -> auth.checkRateLimit(limit.clone().setAddress("::1").setResource("a//b").build()));
    assertNames(
        "action",
        "letters",
        () -> auth.checkRateLimit(limit.clone().setAddress("::1").setAction("a b").build()));
  }

  private static void assertNames(String field, String expected, Executable call) {
    var error = assertFails(ErrorCode.INVALID_ARGUMENT, call);
    assertThat(error.fieldViolations()).as(error.message()).hasSize(1);
    assertThat(error.fieldViolations().getFirst().field()).isEqualTo(field);
    assertThat(error.fieldViolations().getFirst().expected()).contains(expected);
  }
}
