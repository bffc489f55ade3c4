package io.bodybroker.statemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.statemanager.v1.DeleteStateRequest;
import io.bodybroker.statemanager.v1.GetStateRequest;
import io.bodybroker.statemanager.v1.GetStateResponse;
import io.bodybroker.statemanager.v1.IncrementCounterRequest;
import io.bodybroker.statemanager.v1.IncrementCounterResponse;
import io.bodybroker.statemanager.v1.StateManagerClient;
import io.bodybroker.statemanager.v1.UpdateMode;
import io.bodybroker.statemanager.v1.UpdateStateRequest;
import io.bodybroker.statemanager.v1.UpdateStateResponse;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances over real servers, as in production. */
@TestServers
class TwoInstancesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final List<ServiceHost> hosts = new ArrayList<>();
  private final List<Message> events = new CopyOnWriteArrayList<>();
  private Connection observer;
  private Bus bus;
  private StateManagerClient state;

  @BeforeEach
  void start(NatsServer nats, RedisServer redis) throws Exception {
    var config =
        BusConfig.builder()
            .natsUrls(List.of(nats.url()))
            .redisUrl(redis.url())
            .callTimeout(Duration.ofSeconds(10))
            .healthHost("127.0.0.1")
            .healthPort(0)
            .build();
    observer = Nats.connect(nats.url());
    observer.createDispatcher(events::add).subscribe("evt.state.>");
    observer.flush(BOUND);
    for (int i = 0; i < 2; i++) {
      var host = ServiceHost.start(new StateManagerModule(), config);
      hosts.add(host);
      assertThat(host.awaitReady(BOUND)).as("ready").isTrue();
    }
    bus = Bus.connect(config);
    assertThat(bus.awaitConnected(BOUND)).isTrue();
    state = StateManagerClient.on(bus);
  }

  @AfterEach
  void stop() throws Exception {
    bus.close();
    hosts.forEach(ServiceHost::close);
    observer.close();
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
    Await.until(BOUND, "an event for each version", () -> events.size() >= 1_000);
    assertThat(events)
        .extracting(event -> event.getHeaders().getFirst("Nats-Msg-Id"))
        .hasSize(1_000)
        .doesNotHaveDuplicates();
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

    var missing = catchThrowableOfType(ServiceException.class, () -> read("gone"));
    assertThat(missing.code()).isEqualTo(ErrorCode.NOT_FOUND);

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
