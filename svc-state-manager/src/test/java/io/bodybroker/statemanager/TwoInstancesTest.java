package io.bodybroker.statemanager;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.ResponseStream;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.statemanager.v1.DeleteStateRequest;
import io.bodybroker.statemanager.v1.GetStateRequest;
import io.bodybroker.statemanager.v1.GetStateResponse;
import io.bodybroker.statemanager.v1.IncrementCounterRequest;
import io.bodybroker.statemanager.v1.IncrementCounterResponse;
import io.bodybroker.statemanager.v1.PlayerStateUpdated;
import io.bodybroker.statemanager.v1.StateManagerClient;
import io.bodybroker.statemanager.v1.UpdateMode;
import io.bodybroker.statemanager.v1.UpdateStateRequest;
import io.bodybroker.statemanager.v1.UpdateStateResponse;
import io.bodybroker.statemanager.v1.WatchStateRequest;
import io.bodybroker.statemanager.v1.WatchStateResponse;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances over real servers, as in production. */
@TestServers
class TwoInstancesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private RunningService service;
  private StateManagerClient state;

  @BeforeEach
  void start(NatsServer nats, RedisServer redis) {
    service = RunningService.of(StateManagerModule::new).start(nats, redis);
    state = StateManagerClient.on(service.bus());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static IncrementCounterRequest increment(String player) {
    return IncrementCounterRequest.newBuilder()
        .setPlayerId(player)
        .setPath("gold")
        .setBy(1)
        .build();
  }

  private static UpdateStateRequest.Builder replace(String player, String name, double value) {
    return UpdateStateRequest.newBuilder()
        .setPlayerId(player)
        .setMode(UpdateMode.REPLACE)
        .setState(
            Struct.newBuilder().putFields(name, Value.newBuilder().setNumberValue(value).build()));
  }

  private GetStateResponse read(String player) {
    return state.getState(GetStateRequest.newBuilder().setPlayerId(player).build());
  }

  private static WatchStateRequest watch(String player) {
    return WatchStateRequest.newBuilder().setPlayerId(player).build();
  }

  private static WatchStateResponse next(ResponseStream<WatchStateResponse> stream) {
    assertThat(stream.awaitNext(BOUND)).as("a message in time").isTrue();
    return stream.next().orElseThrow();
  }

  @Test
  void streamADocumentFromBeforeItsFirstVersionToItsDeletion() {
    try (var stream = state.watchState(watch("nobody"))) {
      assertThat(next(stream)).isEqualTo(WatchStateResponse.getDefaultInstance());
      state.updateState(replace("nobody", "hp", 5).build());
      assertThat(next(stream))
          .isEqualTo(
              WatchStateResponse.newBuilder()
                  .setState(read("nobody").getState())
                  .setVersion(1)
                  .setUpdatedAt(read("nobody").getUpdatedAt())
                  .build());
      state.updateState(replace("nobody-else", "hp", 5).build());
      state.deleteState(DeleteStateRequest.newBuilder().setPlayerId("nobody").build());
      var deleted = next(stream);
      assertThat(deleted.getVersion()).isEqualTo(2);
      assertThat(deleted.hasState()).isFalse();
      assertThat(deleted.hasUpdatedAt()).isTrue();
    }
  }

  /** Of what an instance remembers nothing is answered that is older than what the reader saw. */
  @Test
  void answerAtLeastTheVersionThatAReaderHasSeen() {
    for (int i = 0; i < 200; i++) {
      long written = state.incrementCounter(increment("seen")).getVersion();
      for (int repeat = 0; repeat < 3; repeat++) {
        var read =
            state.getState(
                GetStateRequest.newBuilder().setPlayerId("seen").setMinVersion(written).build());
        assertThat(read.getVersion()).isEqualTo(written);
      }
    }
  }

  @Test
  void streamToManyReadersUpToTheLastOfManyRacingWrites() throws Exception {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> readers = new ArrayList<>();
      for (int reader = 0; reader < 20; reader++) {
        readers.add(clients.submit(() -> readUntil(200)));
      }
      List<Future<?>> writers = new ArrayList<>();
      for (int client = 0; client < 10; client++) {
        writers.add(
            clients.submit(() -> {
              for (int i = 0; i < 20; i++) {
                state.incrementCounter(increment("watched"));
              }
            }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      for (Future<Long> reader : readers) {
        assertThat(reader.get()).isEqualTo(200);
      }
    }
  }

  /** Returns the last version, having seen none twice and none go back. */
  private long readUntil(long last) {
    try (var stream = state.watchState(watch("watched"))) {
      long seen = -1;
      while (seen < last) {
        var next = next(stream);
        assertThat(next.getVersion()).isGreaterThan(seen);
        seen = next.getVersion();
        assertThat(next.getState().getFieldsOrDefault("gold", Value.getDefaultInstance()))
            .as("the content of version " + seen)
            .extracting(Value::getNumberValue)
            .isEqualTo((double) seen);
      }
      return seen;
    }
  }

  @Test
  void streamOnlyVersionsThatTheReaderDoesNotHave() {
    state.updateState(replace("resumed", "hp", 5).build());
    try (var stream = state.watchState(watch("resumed").toBuilder().setAfterVersion(1).build())) {
      assertThat(stream.awaitNext(Duration.ofMillis(200))).isFalse();
      state.updateState(replace("resumed", "hp", 6).build());
      assertThat(next(stream).getVersion()).isEqualTo(2);
    }
    try (var stream = state.watchState(watch("resumed").toBuilder().setAfterVersion(1).build())) {
      assertThat(next(stream).getVersion()).isEqualTo(2);
    }
  }

  @Test
  void streamOnWhenOneOfThemStops() {
    try (var stream = state.watchState(watch("lasting"))) {
      assertThat(next(stream).getVersion()).isZero();
      state.updateState(replace("lasting", "hp", 1).build());
      assertThat(next(stream).getVersion()).isEqualTo(1);
      service.stopOne();
      state.updateState(replace("lasting", "hp", 2).build());
      assertThat(next(stream).getVersion()).isEqualTo(2);
    }
  }

  @Test
  void countAThousandIncrementsOfFiftyClientsAsAThousand() throws Exception {
    try (var clients = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      List<Future<?>> running = new ArrayList<>();
      for (int client = 0; client < 50; client++) {
        running.add(
            clients.submit(() -> {
              for (int i = 0; i < 20; i++) {
                state.incrementCounter(increment("crowd"));
              }
            }));
      }
      for (Future<?> client : running) {
        client.get();
      }
    }

    GetStateResponse end = read("crowd");
    assertThat(end.getState().getFieldsOrThrow("gold").getNumberValue()).isEqualTo(1_000);
    assertThat(end.getVersion()).isEqualTo(1_000);
    Await.untilSeen(BOUND, "events", () -> versions("crowd").size(), count -> count >= 1_000);
    assertThat(versions("crowd")).isEqualTo(LongStream.rangeClosed(1, 1_000).boxed().toList());
  }

  private List<Long> versions(String player) {
    return service.published(PlayerStateUpdated.getDefaultInstance()).stream()
        .filter(event -> event.getPlayerId().equals(player))
        .map(PlayerStateUpdated::getVersion)
        .toList();
  }

  @Test
  void letOneWriterOfAVersionWin() {
    state.updateState(replace("raced", "hp", 100).build());
    var writers = new ArrayList<CompletableFuture<UpdateStateResponse>>();
    for (int i = 0; i < 20; i++) {
      writers.add(state.updateStateAsync(replace("raced", "hp", i).setExpectedVersion(1).build()));
    }

    long winners =
        writers.stream()
            .filter(writer -> writer.handle((answer, error) -> error == null).join())
            .count();

    assertThat(winners).isEqualTo(1);
    assertThat(read("raced").getVersion()).isEqualTo(2);
  }

  @Test
  void neverUseAVersionTwiceEvenAfterADeletion() {
    state.updateState(replace("gone", "hp", 1).build());
    state.deleteState(DeleteStateRequest.newBuilder().setPlayerId("gone").build());

    assertFails(ErrorCode.NOT_FOUND, () -> read("gone"));

    long version = state.updateState(replace("gone", "hp", 2).build()).getVersion();
    assertThat(version).isEqualTo(3);
    var late =
        catchThrowableOfType(
            ServiceException.class,
            () -> state.updateState(replace("gone", "hp", 9).setExpectedVersion(1).build()));
    assertThat(late.code()).isIn(ErrorCode.ABORTED, ErrorCode.FAILED_PRECONDITION);
  }

  @Test
  void giveOneEffectAndOneAnswerToOneKey() {
    var options = CallOptions.defaults().withIdempotencyKey("buy-1");
    var answers = new ArrayList<IncrementCounterResponse>();
    for (int i = 0; i < 6; i++) {
      answers.add(state.incrementCounter(increment("careful"), options));
    }

    assertThat(answers).containsOnly(answers.getFirst());
    assertThat(read("careful").getVersion()).isEqualTo(1);
  }
}
