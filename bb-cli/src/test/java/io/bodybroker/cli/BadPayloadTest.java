package io.bodybroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.sdk.v1.ContractProto;
import io.bodybroker.sdk.v1.Error;
import io.bodybroker.sdk.v1.Error.Code;
import io.bodybroker.sdk.v1.FieldViolation;
import io.bodybroker.sdk.v1.Rules;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What strangers may send to any method of any service, as plain messages of NATS. */
@TestInstance(Lifecycle.PER_CLASS)
class BadPayloadTest {
  private static final Duration BOUND = Duration.ofSeconds(5);
  private static final int RANDOM_PAYLOADS = 100;

  private RunningUp up;
  private Connection stranger;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    up = RunningUp.start(data);
    stranger = Nats.connect(up.environment().get("NATS_URL"));
  }

  @AfterAll
  void end() throws Exception {
    stranger.close();
    up.close();
  }

  private static Stream<RpcMethod<?, ?>> methods() {
    return ServiceContract.onClassPath().stream()
        .filter(contract -> contract.descriptor().getFullName().startsWith("bodybroker."))
        .flatMap(contract -> contract.methods().stream());
  }

  private io.nats.client.Message send(RpcMethod<?, ?> method, byte[] payload) throws Exception {
    String inbox = stranger.createInbox();
    Subscription replies = stranger.subscribe(inbox);
    try {
      stranger.publish(method.subject(), inbox, payload);
      io.nats.client.Message reply;
      do {
        reply = replies.nextMessage(BOUND);
        if (reply == null) {
          throw new AssertionError("no answer to " + Arrays.toString(payload) + " on " + method);
        }
      } while (isOnlyOpen(reply));
      return reply;
    } finally {
      replies.unsubscribe();
    }
  }

  /** A stream says that it is being served before its handler says what is wrong. */
  private static boolean isOnlyOpen(io.nats.client.Message reply) {
    return reply.hasHeaders() && "open".equals(reply.getHeaders().getFirst("Bb-Stream-Status"));
  }

  private Error refusal(RpcMethod<?, ?> method, byte[] payload) throws Exception {
    io.nats.client.Message reply = send(method, payload);
    assertThat(reply.hasHeaders()).as("%s refuses %s", method, Arrays.toString(payload)).isTrue();
    return Error.parseFrom(reply.getData());
  }

  @TestFactory
  Stream<DynamicTest> emptyPayloadsAreInvalidWhereSomethingIsDemanded() {
    return methods()
        .filter(BadPayloadTest::demandsSomething)
        .map(method ->
            DynamicTest.dynamicTest(
                method.toString(),
                () ->
                    assertThat(refusal(method, new byte[0]).getCode())
                        .isEqualTo(Code.INVALID_ARGUMENT)));
  }

  private static boolean demandsSomething(RpcMethod<?, ?> method) {
    var request = method.requestDefault().getDescriptorForType();
    return !request.getRealOneofs().isEmpty()
        || request.getFields().stream()
            .anyMatch(field -> field.getOptions().getExtension(ContractProto.rules).getRequired());
  }

  @TestFactory
  Stream<DynamicTest> truncatedPayloadsAreInvalid() {
    byte[] promisesMore = {0x0a, 0x7f, 'a'};
    return methods()
        .map(method ->
            DynamicTest.dynamicTest(
                method.toString(),
                () -> {
                  Error error = refusal(method, promisesMore);
                  assertThat(error.getCode()).isEqualTo(Code.INVALID_ARGUMENT);
                  assertThat(error.getMayHaveExecuted()).isFalse();
                }));
  }

  @TestFactory
  Stream<DynamicTest> randomPayloadsAreInvalid() {
    return methods()
        .filter(BadPayloadTest::demandsSomething)
        .map(method -> DynamicTest.dynamicTest(method.toString(), () -> sendRandom(method)));
  }

  /** None of these can be valid: each method requires fields that chance does not fill. */
  private void sendRandom(RpcMethod<?, ?> method) throws Exception {
    var random = new Random(method.subject().hashCode());
    for (int i = 0; i < RANDOM_PAYLOADS; i++) {
      byte[] payload = new byte[random.nextInt(48)];
      random.nextBytes(payload);
      assertThat(refusal(method, payload).getCode())
          .as("answer to %s", Arrays.toString(payload))
          .isEqualTo(Code.INVALID_ARGUMENT);
    }
  }

  @TestFactory
  Stream<DynamicTest> valuesOutOfRangeAreNamed() {
    return methods()
        .flatMap(method ->
            method.requestDefault().getDescriptorForType().getFields().stream()
                .filter(field -> !field.isRepeated())
                .flatMap(field -> wrongValues(field).map(value -> new Wrong(method, field, value))))
        .map(wrong -> DynamicTest.dynamicTest(wrong.toString(), () -> assertNamed(wrong)));
  }

  private record Wrong(RpcMethod<?, ?> method, FieldDescriptor field, Object value) {
    Message request() {
      return method.requestDefault().newBuilderForType().setField(field, value).build();
    }

    @Override
    public String toString() {
      return method + ", " + field.getName() + ": " + value;
    }
  }

  private static Stream<Object> wrongValues(FieldDescriptor field) {
    Rules rules = field.getOptions().getExtension(ContractProto.rules);
    return switch (field.getJavaType()) {
      case STRING -> wrongTexts(rules);
      case INT -> rules.hasMax() ? Stream.of((int) rules.getMax() + 1) : Stream.empty();
      case LONG -> rules.hasMax() ? Stream.of((long) rules.getMax() + 1) : Stream.empty();
      case DOUBLE -> rules.hasMax() ? Stream.of(rules.getMax() + 1, Double.NaN) : Stream.empty();
      case FLOAT -> rules.hasMax() ? Stream.of((float) rules.getMax() + 1) : Stream.empty();
      case ENUM, MESSAGE, BOOLEAN, BYTE_STRING -> Stream.empty();
    };
  }

  private static Stream<Object> wrongTexts(Rules rules) {
    Stream<Object> tooLong =
        rules.hasMaxLength() ? Stream.of("x".repeat(rules.getMaxLength() + 1)) : Stream.empty();
    Stream<Object> strange =
        rules.getPattern().isEmpty()
            ? Stream.empty()
            : Stream.of("a*b", "a.b", "a b", "a>", "/", ".")
                .filter(text -> !text.matches(rules.getPattern()))
                .map(text -> text);
    return Stream.concat(tooLong, strange);
  }

  private void assertNamed(Wrong wrong) throws Exception {
    Error error = refusal(wrong.method(), wrong.request().toByteArray());

    assertThat(error.getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    FieldViolation violation =
        error.getFieldViolationsList().stream()
            .filter(candidate -> candidate.getField().equals(wrong.field().getName()))
            .findFirst()
            .orElseThrow(() -> new AssertionError(wrong.field().getName() + " in " + error));
    assertThat(violation.getExpected()).isNotEmpty();
    assertThat(error.getMessage()).contains(wrong.field().getName(), violation.getExpected());
  }
}
