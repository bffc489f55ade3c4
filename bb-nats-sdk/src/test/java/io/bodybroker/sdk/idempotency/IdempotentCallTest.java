package io.bodybroker.sdk.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.BytesValue;
import com.google.protobuf.Int64Value;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.CallMetadata;
import io.bodybroker.sdk.v1.AppliedCalls;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdempotentCallTest {
  private static final AppliedCalls NOTHING = AppliedCalls.getDefaultInstance();
  private static final StringValue REQUEST = StringValue.of("pay 5");
  private static final Int64Value ANSWER = Int64Value.of(95);

  private static IdempotentCall call(String key, Message request) {
    var metadata = CallMetadata.builder().idempotencyKey(key).build();
    return IdempotentCall.of(CallContext.of(metadata, Duration.ofSeconds(1)), request);
  }

  private static Optional<Int64Value> answer(IdempotentCall call, AppliedCalls memory) {
    return call.answer(memory, Int64Value.getDefaultInstance());
  }

  @Test
  void givesARepeatTheAnswerOfTheFirst() {
    assertThat(answer(call("k", REQUEST), NOTHING)).isEmpty();
    AppliedCalls memory = call("k", REQUEST).remember(NOTHING, ANSWER, 3);

    assertThat(answer(call("k", REQUEST), memory)).contains(ANSWER);
    assertThat(answer(call("other", REQUEST), memory)).isEmpty();
  }

  @Test
  void refusesAKeyThatComesWithAnotherRequest() {
    AppliedCalls memory = call("k", REQUEST).remember(NOTHING, ANSWER, 3);

    assertThatThrownBy(() -> answer(call("k", StringValue.of("pay 6")), memory))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("idempotency key: k");
    // The same bytes, but another question.
    assertThatThrownBy(() -> answer(call("k", BytesValue.of(REQUEST.getValueBytes())), memory))
        .isInstanceOf(ServiceException.class);
  }

  @Test
  void neverTakesACallWithoutAKeyForARepeat() {
    var call =
        IdempotentCall.of(CallContext.of(CallMetadata.empty(), Duration.ofSeconds(1)), REQUEST);

    AppliedCalls memory = call.remember(NOTHING, ANSWER, 3);

    assertThat(memory).isEqualTo(NOTHING);
    assertThat(answer(call, memory)).isEmpty();
  }

  @Test
  void forgetsTheOldest() {
    AppliedCalls memory = NOTHING;
    for (int i = 0; i < 5; i++) {
      memory = call("k" + i, REQUEST).remember(memory, ANSWER, 3);
    }

    assertThat(memory.getCallsList())
        .extracting(applied -> applied.getKey())
        .containsExactly("k2", "k3", "k4");
  }

  @Test
  void refusesAKeyThatIsTooLong() {
    assertThatThrownBy(() -> call("k".repeat(129), REQUEST))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("at most 128 characters");
  }
}
