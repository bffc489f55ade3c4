package io.bodybroker.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.RpcCaller;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every rule of every field of every contract: who breaks it is told which field it was. */
@ExtendWith(TheGame.Extension.class)
class RulesOfContractsTest {
  private static Stream<RpcMethod<?, ?>> methods() {
    return ServiceContract.onClassPath().stream().flatMap(contract -> contract.methods().stream());
  }

  @TestFactory
  Stream<DynamicTest> areKeptByNameOfTheField(TheGame game) {
    return methods()
        .filter(method -> !Broken.of(method.requestDefault()).isEmpty())
        .map(method ->
            DynamicTest.dynamicTest(
                method.toString(),
                () ->
                    Broken.of(method.requestDefault())
                        .forEach(broken -> assertNames(game.caller(), method, broken))));
  }

  private static void assertNames(RpcCaller caller, RpcMethod<?, ?> method, Broken broken) {
    assertThat(catchThrowable(() -> call(caller, method, broken.request())))
        .as("%s, %s", method, broken)
        .isInstanceOfSatisfying(
            ServiceException.class,
            refused -> {
              assertThat(refused.code())
                  .as("%s, %s: %s", method, broken, refused.message())
                  .isEqualTo(ErrorCode.INVALID_ARGUMENT);
              assertThat(refused.fieldViolations())
                  .as("%s, %s", method, broken)
                  .extracting(FieldViolation::field)
                  .isNotEmpty()
                  .containsOnly(broken.path());
            });
  }

  private static <Q extends Message, R extends Message> void call(
      RpcCaller caller, RpcMethod<Q, R> method, Message request) {
    @SuppressWarnings("unchecked") // made from the method's own request
    var typed = (Q) request;
    if (method.isServerStreaming()) {
      try {
        caller.openAsync(method, typed, CallOptions.defaults(), answer -> {}).join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof ServiceException refused) {
          throw refused;
        }
        throw e;
      }
    } else {
      var unused = caller.call(method, typed, CallOptions.defaults());
    }
  }

  @Test
  void areOfEveryKind() {
    assertThat(methods().flatMap(method -> Broken.of(method.requestDefault()).stream()))
        .extracting(Broken::rule)
        .contains("required", "min", "max", "max_length", "pattern", "max_items", "enum")
        .hasSizeGreaterThan(500);
  }
}
