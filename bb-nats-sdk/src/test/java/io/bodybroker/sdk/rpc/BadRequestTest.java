package io.bodybroker.sdk.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.ActRequest;
import io.bodybroker.sdk.test.v1.EchoContract;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.Limits;
import io.bodybroker.sdk.v1.Error;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers may send, as plain messages of a client that knows nothing of the SDK. */
@TestServers
@TestInstance(Lifecycle.PER_CLASS)
class BadRequestTest {
  private static final Duration BOUND = Duration.ofSeconds(5);
  private static final String ECHO = EchoContract.ECHO.subject();

  private final TestEcho service = new TestEcho();
  private RunningEcho echo;
  private Connection stranger;

  @BeforeAll
  void start(NatsServer nats) throws Exception {
    echo = RunningEcho.start(nats.url(), service);
    stranger = Nats.connect(nats.url());
  }

  @AfterAll
  void end() throws Exception {
    stranger.close();
    echo.close();
  }

  private Message send(String subject, Headers headers, byte[] payload) throws Exception {
    Message reply = stranger.request(subject, headers, payload, BOUND);
    if (reply == null) {
      throw new AssertionError("no answer to %d bytes on %s".formatted(payload.length, subject));
    }
    return reply;
  }

  private Error refusal(String subject, Headers headers, byte[] payload) throws Exception {
    Message reply = send(subject, headers, payload);
    assertThat(reply.hasHeaders()).as("an error").isTrue();
    var body = Error.parseFrom(reply.getData());
    // Both what NATS' tools read and what our clients read.
    assertThat(reply.getHeaders().getFirst("Nats-Service-Error")).startsWith(body.getCode() + ": ");
    assertThat(reply.getHeaders().getFirst("Nats-Service-Error-Code")).matches("[45][0-9]{2}");
    return body;
  }

  static Stream<Arguments> subjects() {
    return Stream.of(EchoContract.ECHO, EchoContract.PUT, EchoContract.ACT, EchoContract.PING)
        .map(method -> Arguments.of(method.subject()));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void refusesATruncatedPayload(String subject) throws Exception {
    // A string field whose length promises more than there is.
    Error error = refusal(subject, new Headers(), new byte[] {0x0a, 0x7f, 'a'});

    assertThat(error.getCode()).isEqualTo(Error.Code.INVALID_ARGUMENT);
    assertThat(error.getMessage()).contains("payload of 3 bytes is not a ");
    assertThat(error.getMayHaveExecuted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"put", "act"})
  void refusesAnEmptyPayloadWhereAFieldIsRequired(String endpoint) throws Exception {
    String subject = ECHO.replaceAll("echo$", endpoint);

    Error error = refusal(subject, new Headers(), new byte[0]);

    assertThat(error.getCode()).isEqualTo(Error.Code.INVALID_ARGUMENT);
    assertThat(error.getFieldViolations(0).getExpected()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void answersEveryRandomPayloadAndGoesOn(String subject) throws Exception {
    var random = new Random(subject.hashCode());
    for (int i = 0; i < 300; i++) {
      byte[] payload = new byte[random.nextInt(64)];
      random.nextBytes(payload);
      Message reply = send(subject, new Headers(), payload);
      if (reply.hasHeaders()) {
        assertThat(Error.parseFrom(reply.getData()).getCode())
            .as("answer to %s", Arrays.toString(payload))
            .isEqualTo(Error.Code.INVALID_ARGUMENT);
      } // else it happens to be a valid message: unknown fields are
    }
    assertThat(Way.BLOCKING.echo(echo.client(), "still here").getText()).isEqualTo("still here");
  }

  static Stream<Arguments> violations() {
    Limits valid = Limits.newBuilder().setName("valid").setColor(Limits.Color.RED).build();
    return Stream.of(
        Arguments.of(valid.toBuilder().setMonth(13), "limits.month", "13", "1 to 12"),
        Arguments.of(valid.toBuilder().setMonth(0), "limits.month", "0", "1 to 12"),
        Arguments.of(valid.toBuilder().setAmount(-1), "limits.amount", "-1", "at least 0"),
        Arguments.of(valid.toBuilder().setPort(65_536), "limits.port", "65536", "at most 65535"),
        Arguments.of(valid.toBuilder().setRatio(0.75), "limits.ratio", "0.75", "-0.5 to 0.5"),
        Arguments.of(valid.toBuilder().setRatio(Double.NaN), "limits.ratio", "NaN", "-0.5 to 0.5"),
        Arguments.of(valid.toBuilder().clearName(), "limits.name", "", "letters, digits"),
        Arguments.of(valid.toBuilder().setName("ab"), "limits.name", "\"ab\"", "3 to 8"),
        Arguments.of(
            valid.toBuilder().setName("a b c"), "limits.name", "\"a b c\"", "letters, digits"),
        Arguments.of(valid.toBuilder().setColorValue(9), "limits.color", "9", "RED"),
        Arguments.of(valid.toBuilder().setZip("1234"), "limits.zip", "\"1234\"", "[0-9]{5}"),
        Arguments.of(valid.toBuilder().addDice(6).addDice(7), "limits.dice[1]", "7", "1 to 6"));
  }

  @ParameterizedTest
  @MethodSource("violations")
  void namesFieldValueAndRange(Limits.Builder limits, String field, String value, String expected)
      throws Exception {
    byte[] payload = EchoRequest.newBuilder().setLimits(limits).build().toByteArray();
    int before = service.handled();

    Error error = refusal(ECHO, new Headers(), payload);

    assertThat(error.getCode()).isEqualTo(Error.Code.INVALID_ARGUMENT);
    assertThat(error.getFieldViolationsList())
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.getField()).isEqualTo(field);
          assertThat(violation.getValue()).isEqualTo(value);
          assertThat(violation.getExpected()).contains(expected);
        });
    assertThat(error.getMessage()).contains(field).contains(expected);
    assertThat(service.handled()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "soon", "", "1e9", "99999999999"})
  void doesNotWorkOnWhatNobodyWaitsFor(String timeout) throws Exception {
    var headers = new Headers().put("Bb-Timeout-Ms", timeout);
    byte[] payload = ActRequest.newBuilder().setAction("launch").build().toByteArray();
    int before = service.handled();

    Error error = refusal(EchoContract.ACT.subject(), headers, payload);

    assertThat(error.getCode()).isEqualTo(Error.Code.DEADLINE_EXCEEDED);
    assertThat(error.getMayHaveExecuted()).isFalse();
    assertThat(service.handled()).isEqualTo(before);
  }

  @Test
  void answersATextThatIsNoMessage() throws Exception {
    Error error = refusal(ECHO, new Headers(), "{\"text\": \"json\"}".getBytes(UTF_8));

    assertThat(error.getCode()).isEqualTo(Error.Code.INVALID_ARGUMENT);
  }

  @Test
  void answersARequestWithMoreViolationsThanFitIntoAnAnswer() throws Exception {
    var children = Collections.nCopies(200_000, Limits.Nested.getDefaultInstance());
    var limits = Limits.newBuilder().setName("valid").setColor(Limits.Color.RED);
    byte[] payload =
        EchoRequest.newBuilder().setLimits(limits.addAllChildren(children)).build().toByteArray();

    Error error = refusal(ECHO, new Headers(), payload);

    assertThat(error.getCode()).isEqualTo(Error.Code.INVALID_ARGUMENT);
    assertThat(error.getFieldViolationsList()).hasSize(100);
  }

  @Test
  void cutsAnErrorThatDoesNotFitIntoAnAnswer() throws Exception {
    var talkative =
        ServiceException.builder(ErrorCode.ABORTED, "x".repeat(2_000_000))
            .detail("all", "y".repeat(2_000_000))
            .mayHaveExecuted(false)
            .build();

    Error error = Error.parseFrom(ErrorReply.body(talkative));

    assertThat(error.getCode()).isEqualTo(Error.Code.ABORTED);
    assertThat(error.getMayHaveExecuted()).isFalse();
    assertThat(error.getMessage()).hasSize(1_000);
    assertThat(error.getDetailsMap()).isEmpty();
  }
}
