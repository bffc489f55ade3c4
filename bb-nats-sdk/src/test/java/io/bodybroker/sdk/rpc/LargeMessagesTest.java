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
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Messages of which each needs several reads of the socket. */
@TestServers
class LargeMessagesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final int SIZE = 300_000;
  private static final int MANY = 60;
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
    var service =
        new TestEcho(request -> {
          sleep();
          return answer(request);
        });
    var once = RunningEcho.config(nats.url()).callAttempts(1).build();
    try (var echo =
            RunningEcho.start(
                nats.url(),
                context -> context.serve(service),
                config -> config.serveMaxConcurrency(2));
        Bus caller = Bus.connect(once)) {
      assertThat(caller.awaitConnected(BOUND)).isTrue();
      var client = EchoClient.on(caller);
      var options = CallOptions.timeout(BOUND);
      List<CompletableFuture<EchoResponse>> calls = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        calls.add(client.echoAsync(request(i), options));
      }
      Map<ErrorCode, Integer> refused = new EnumMap<>(ErrorCode.class);
      int answered = 0;
      for (int i = 0; i < MANY; i++) {
        try {
          assertThat(calls.get(i).join().getUnknownFields())
              .isEqualTo(request(i).getUnknownFields());
          answered++;
        } catch (CompletionException e) {
          assertThat(e.getCause()).isInstanceOf(ServiceException.class);
          if (e.getCause() instanceof ServiceException error) {
            refused.merge(error.code(), 1, Integer::sum);
          }
        }
      }
      assertThat(refused).containsOnlyKeys(ErrorCode.RESOURCE_EXHAUSTED);
      assertThat(answered).isPositive().isEqualTo(service.handled());
      assertThat(client.echo(request(1), options).getUnknownFields())
          .isEqualTo(request(1).getUnknownFields());
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
