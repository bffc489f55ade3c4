package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Messages of which each needs several reads of the socket. */
@TestServers
class LargeMessagesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final int SIZE = 300_000;
  private static final int MANY = 60;
  private static final int AT_ONCE = 2;
  private static final int FIELD = 1_000;

  private final NatsServer nats;

  LargeMessagesTest(NatsServer nats) {
    this.nats = nats;
  }

  /** Its text is bounded; what the contract does not know is not. */
  private static EchoRequest request(int number) {
    byte[] bytes = new byte[SIZE + number];
    Arrays.fill(bytes, (byte) number);
    var field = UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFrom(bytes));
    return EchoRequest.newBuilder()
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(FIELD, field.build()).build())
        .build();
  }

  private static EchoResponse answer(EchoRequest request) {
    return EchoResponse.newBuilder().setUnknownFields(request.getUnknownFields()).build();
  }

  @Test
  void comeBackAsTheyWere() throws Exception {
    try (var echo = RunningEcho.start(nats.url(), new TestEcho(LargeMessagesTest::answer))) {
      var options = CallOptions.timeout(BOUND);
      List<CompletableFuture<EchoResponse>> calls = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        calls.add(echo.client().echoAsync(request(i), options));
      }
      for (int i = 0; i < MANY; i++) {
        assertThat(calls.get(i).join().getUnknownFields()).isEqualTo(request(i).getUnknownFields());
      }
    }
  }

  @Test
  void areRefusedWhereThereIsNoRoomForThem() throws Exception {
    var gate = new CountDownLatch(1);
    var service =
        new TestEcho(request -> {
          await(gate);
          return answer(request);
        });
    var once = RunningEcho.config(nats.url()).callAttempts(1).build();
    try (var echo =
            RunningEcho.start(
                nats.url(),
                context -> context.serve(service),
                config -> config.serveMaxConcurrency(AT_ONCE));
        Bus caller = Bus.connect(once)) {
      assertThat(caller.awaitConnected(BOUND)).isTrue();
      var client = EchoClient.on(caller);
      var options = CallOptions.timeout(BOUND);
      List<CompletableFuture<EchoResponse>> calls = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        calls.add(client.echoAsync(request(i), options));
      }
      Await.until(
          BOUND,
          "all to be refused but those at work",
          () ->
              calls.stream().filter(CompletableFuture::isCompletedExceptionally).count()
                  == MANY - AT_ONCE);
      gate.countDown();

      for (int i = 0; i < MANY; i++) {
        if (calls.get(i).isCompletedExceptionally()) {
          assertThat(calls.get(i).exceptionNow())
              .isInstanceOfSatisfying(
                  ServiceException.class,
                  e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
        } else {
          assertThat(calls.get(i).join().getUnknownFields())
              .isEqualTo(request(i).getUnknownFields());
        }
      }
      assertThat(service.handled()).isEqualTo(AT_ONCE);
      EchoResponse expected = answer(request(1));
      Await.until( // a place is given up after its answer
          BOUND,
          "an answer to one more",
          () ->
              client
                  .echoAsync(request(1), options)
                  .handle((response, error) ->
                      response != null
                          && response.getUnknownFields().equals(expected.getUnknownFields()))
                  .join());
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
