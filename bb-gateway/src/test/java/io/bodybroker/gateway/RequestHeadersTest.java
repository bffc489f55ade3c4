package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.testkit.NatsServer;
import io.nats.client.Nats;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client's headers do, and above all what they do not. */
class RequestHeadersTest extends WithLibrary {
  private static final Duration BOUND = Duration.ofSeconds(10);

  @Test
  void makesARequestIdAndTellsClientAndServiceTheSame() throws Exception {
    String first = requestId(running.get("/v1/books/b"));
    assertThat(seenByTheService().requestId()).contains(first);

    assertThat(requestId(running.get("/v1/books/b"))).isNotEmpty().isNotEqualTo(first);
  }

  @Test
  void keepsTheRequestIdOfAClient() throws Exception {
    HttpResponse<String> response = running.get("/v1/books/b", "X-Request-Id", "my-id_1.2");

    assertThat(requestId(response)).isEqualTo("my-id_1.2");
    assertThat(seenByTheService().requestId()).contains("my-id_1.2");
  }

  @Test
  void tellsTheRequestIdInProblemsToo() throws Exception {
    HttpResponse<String> response = running.get("/v1/nope", "X-Request-Id", "my-id");

    assertThat(requestId(response)).isEqualTo("my-id");
    Json.assertText(response, "requestId", "my-id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two words",
        "a\"b",
        "{}",
        "12345678901234567890123456789012345678901234567890123456789012345"
      })
  void replacesARequestIdThatIsNoPlainWord(String id) throws Exception {
    HttpResponse<String> response = running.get("/v1/books/b", "X-Request-Id", id);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(requestId(response)).matches("[0-9a-f-]{36}");
  }

  @Test
  void passesOnAnIdempotencyKey() throws Exception {
    running.get("/v1/books/b", "Idempotency-Key", "k-1");

    assertThat(seenByTheService().idempotencyKey()).contains("k-1");
  }

  @Test
  void refusesAnIdempotencyKeyThatCannotBePassedOn() throws Exception {
    HttpResponse<String> response = running.get("/v1/books/b", "Idempotency-Key", "k 1");

    assertThat(response.statusCode()).isEqualTo(400);
    Json.assertText(response, "fieldViolations.0.field", "Idempotency-Key");
  }

  @Test
  void takesNoIdentityAndNoDeadlineFromAClient(NatsServer nats) throws Exception {
    try (var spy = Nats.connect(nats.url())) {
      var calls = spy.subscribe("svc.library.v1.get_book");
      spy.flush(BOUND);

      running.get(
          "/v1/books/b",
          "Bb-User",
          "root",
          "Bb-Tenant",
          "all",
          "Bb-Client",
          "admin",
          "Bb-Request-Id",
          "forged",
          "Bb-Timeout-Ms",
          "1",
          "Bb-Idempotency-Key",
          "forged",
          "Nats-Msg-Id",
          "forged",
          "X-User",
          "root",
          "Authorization",
          "Bearer secret",
          "Cookie",
          "session=secret");

      var headers = Objects.requireNonNull(calls.nextMessage(BOUND)).getHeaders();
      assertThat(headers.keySet())
          .containsExactlyInAnyOrder("Bb-Request-Id", "Bb-Timeout-Ms", "Bb-Client");
      assertThat(headers.getFirst("Bb-Client")).isEqualTo("http-gateway");
      assertThat(headers.getFirst("Bb-Request-Id")).isNotEqualTo("forged");
      assertThat(Long.parseLong(headers.getFirst("Bb-Timeout-Ms"))).isGreaterThan(100);
    }
  }

  private static String requestId(HttpResponse<String> response) {
    return response.headers().firstValue("X-Request-Id").orElse("");
  }

  private static CallMetadata seenByTheService() {
    return Objects.requireNonNull(running.library.lastCall.get()).metadata();
  }
}
