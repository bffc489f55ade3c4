package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bodybroker.gateway.test.v1.Rank;
import io.bodybroker.gateway.test.v1.VaultContract;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Nats;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestServers(jetStream = false)
class SessionsTest {
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final String[] ADA = {"Authorization", "Bearer key-ada"};

  private final TestVault vault = new TestVault();
  private String natsUrl = "";
  private RunningGateway running;

  @BeforeEach
  void start(NatsServer nats) {
    natsUrl = nats.url();
    running =
        RunningGateway.start(
            natsUrl,
            gateway ->
                gateway
                    .config(
                        RunningGateway.settings()
                            .streamKeepAlive(Duration.ofMillis(100))
                            .callTimeout(Duration.ofSeconds(2))
                            .build())
                    .contracts(List.of(VaultContract.CONTRACT)));
    running.serve(vault);
    running.awaitReady();
  }

  @AfterEach
  void stop() throws Exception {
    running.close();
  }

  private void assertSeen(HttpResponse<String> response, String user) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    Json.assertText(response, "user", user);
  }

  private static void assertRefused(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    Json.assertText(response, "code", code);
    assertThat(response.body()).doesNotContain("key-");
  }

  private static String challenge(HttpResponse<String> response) {
    return response.headers().firstValue("WWW-Authenticate").orElse("none");
  }

  @Test
  void tellServicesWhoIsSignedIn() throws Exception {
    assertSeen(running.get("/v1/vault"), "nobody");
    assertSeen(running.get("/v1/vault", ADA), "ada");
    assertSeen(running.get("/v1/vault/hall", ADA), "ada");
    assertSeen(running.get("/v1/vault/hall", "Authorization", "bearer  key-ada"), "ada");
  }

  @Test
  void dropWhatAClientSaysOfItself(NatsServer nats) throws Exception {
    try (var spy = Nats.connect(nats.url())) {
      var calls = spy.subscribe("svc.vault.v1.look");
      spy.flush(BOUND);
      assertSeen(running.get("/v1/vault", "Bb-User", "root", "bb-user", "root"), "nobody");
      assertSeen(running.get("/v1/vault", "Bb-User", "root", ADA[0], ADA[1]), "ada");
      var forged = Objects.requireNonNull(calls.nextMessage(BOUND)).getHeaders();
      assertThat(forged.get("Bb-User")).isNull();
      var signedIn = Objects.requireNonNull(calls.nextMessage(BOUND)).getHeaders();
      assertThat(signedIn.get("Bb-User")).containsExactly("ada");
      assertThat(signedIn.keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("authorization"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/vault/hall", "/v1/vault/patrol", "/v1/vault/boxes/ada/changes"})
  void refuseWhoIsNotSignedIn(String path) throws Exception {
    var response = running.get(path);
    assertRefused(response, 401, "UNAUTHENTICATED");
    assertThat(challenge(response)).isEqualTo("Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/vault", "/v1/vault/hall", "/v1/vault/boxes/ada/changes"})
  void refuseATokenThatIsNobodys(String path) throws Exception {
    var response = running.get(path, "Authorization", "Bearer key-of-nobody");
    assertRefused(response, 401, "UNAUTHENTICATED");
    assertThat(challenge(response)).isEqualTo("Bearer error=\"invalid_token\"");
    assertThat(running.get(path, "Authorization", "Bearer " + "k".repeat(33)).statusCode())
        .as("longer than any token")
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"key-ada", "Basic key-ada", "Bearer", "Bearer key-ada key-ada"})
  void refuseWhatIsNoBearerToken(String authorization) throws Exception {
    int before = vault.asked.get();
    var response = running.get("/v1/vault", "Authorization", authorization);
    assertRefused(response, 401, "UNAUTHENTICATED");
    assertThat(challenge(response)).isEqualTo("Bearer error=\"invalid_request\"");
    assertThat(vault.asked).hasValue(before);
  }

  @Test
  void refuseTwoTokensAtOnce() throws Exception {
    var response = running.get("/v1/vault", ADA[0], ADA[1], ADA[0], "Bearer key-grace");
    assertRefused(response, 401, "UNAUTHENTICATED");
  }

  private HttpResponse<String> open(String owner) throws Exception {
    return running.send(
        "POST",
        "/v1/vault/boxes/" + owner,
        "{\"note\": \"x\"}",
        "Content-Type",
        "application/json",
        ADA[0],
        ADA[1]);
  }

  @Test
  void letOwnersAndThoseWithARoleIn() throws Exception {
    assertSeen(open("ada"), "ada");
    var refused = open("grace");
    assertRefused(refused, 403, "PERMISSION_DENIED");
    Json.assertText(refused, "detail", "Only for whom owner names, or who has the role guard");
    Json.assertText(refused, "fieldViolations.0.field", "owner");
    Json.assertText(refused, "fieldViolations.0.value", "grace");
    Json.assertText(refused, "fieldViolations.0.expected", "ada");
    assertRefused(running.get("/v1/vault/patrol", ADA), 403, "PERMISSION_DENIED");
    vault.ranks.put("ada", Rank.GUARD);
    assertSeen(open("grace"), "ada");
    assertSeen(running.get("/v1/vault/patrol", ADA), "ada");
  }

  @Test
  void tellWhoMayNotAskNothingOfWhatIsWrongWithTheBody() throws Exception {
    var response = running.json("POST", "/v1/vault/boxes/ada", "{\"nope\": 1}");
    assertRefused(response, 401, "UNAUTHENTICATED");
    assertThat(response.body()).doesNotContain("nope");
  }

  @Test
  void forgetATokenAtOnceWhenItIsRevoked() throws Exception {
    assertSeen(running.get("/v1/vault/hall", ADA), "ada");
    vault.keys.remove("key-ada");
    assertRefused(running.get("/v1/vault/hall", ADA), 401, "UNAUTHENTICATED");
  }

  @Test
  void answerThatNobodyCanTellWhenWhoKnowsIsAway() throws Exception {
    running.stopServing();
    Await.untilAsserted(
        BOUND,
        "away",
        () -> {
          var response = running.get("/v1/vault/hall", ADA);
          assertRefused(response, 503, "UNAVAILABLE");
          Json.assertText(response, "detail", "vault cannot be reached now");
          assertThat(response.headers().firstValue("Retry-After")).contains("5");
        });
  }

  @Test
  void endAStreamWhenItsSessionEnds() throws Exception {
    var request =
        running.request("/v1/vault/boxes/ada/changes", ADA).header("Accept", "text/event-stream");
    var response = running.open(request.build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("retry:");
      vault.keys.remove("key-ada");
      var rest = lines.lines().collect(Collectors.joining("\n"));
      assertThat(rest).contains("{\"user\":\"ada\"}");
      assertThat(rest).contains("event: problem").contains("UNAUTHENTICATED");
      assertThat(rest).doesNotContain("key-");
    }
    assertRefused(running.get("/v1/vault/boxes/grace/changes", ADA), 401, "UNAUTHENTICATED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"old\": [\"key-ada\"]}", "{\"old\": {}}", "{\"pin\": \"key-ada\"}"})
  void repeatNoSecretOfABodyThatIsWrong(String body) throws Exception {
    var response = running.json("POST", "/v1/vault/keys", body);
    assertRefused(response, 400, "INVALID_ARGUMENT");
    assertThat(response.body()).contains("(not shown)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pin=key-ada", "old=a&old=key-ada"})
  void repeatNoSecretOfAQueryThatIsWrong(String query) throws Exception {
    var response = running.get("/v1/vault/keys?" + query);
    assertRefused(response, 400, "INVALID_ARGUMENT");
    assertThat(response.body()).contains("(not shown)");
  }

  @Test
  void showInTheDocumentWhoMayUseAnOperation() throws Exception {
    var document = running.get("/openapi.json");
    Json.assertText(document, "components.securitySchemes.session.scheme", "bearer");
    assertThat(document.body())
        .contains("For whom `owner` names, and who has the role `guard`.")
        .contains("For all who are signed in.");
    Json.assertText(document, "paths./v1/vault.get.responses.401.$ref", "");
    Json.assertText(
        document,
        "paths./v1/vault/hall.get.responses.401.$ref",
        "#/components/responses/Unauthenticated");
    Json.assertText(
        document,
        "paths./v1/vault/hall.get.responses.403.$ref",
        "#/components/responses/Forbidden");
    assertThat(document.body().split("\"security\":", -1)).hasSize(5);
  }

  @Test
  void refuseContractsThatNeedSessionsWhichNobodyKnows() {
    var closed =
        VaultContract.CONTRACT.methods().stream()
            .filter(method -> method.sessionCheck().isEmpty())
            .toArray(RpcMethod<?, ?>[]::new);
    var contract = ServiceContract.of(VaultContract.CONTRACT.descriptor(), closed);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RunningGateway.start(natsUrl, gateway -> gateway.contracts(List.of(contract))))
        .withMessageContaining("Vault/Enter needs a session")
        .withMessageContaining("option sessions");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            RunningGateway.start(
                natsUrl,
                gateway ->
                    gateway.contracts(List.of(VaultContract.CONTRACT, VaultContract.CONTRACT))))
        .withMessageContaining("of one method at most");
  }
}
