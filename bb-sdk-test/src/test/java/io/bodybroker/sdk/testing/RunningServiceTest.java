package io.bodybroker.sdk.testing;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.example.tally.TallyModule;
import com.example.tally.VoteCounter;
import com.example.tally.v1.TallyClient;
import com.example.tally.v1.TallyService;
import com.example.tally.v1.VoteRequest;
import com.example.tally.v1.VoteResponse;
import com.example.tally.v1.Voted;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.connection.ConnectionState;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

@TestServers
class RunningServiceTest {
  private static VoteRequest votes(String name, int votes) {
    return VoteRequest.newBuilder().setName(name).setVotes(votes).build();
  }

  @Test
  void givesEachInstanceAModuleOfItsOwn(NatsServer nats) {
    Set<ServiceModule> modules = ConcurrentHashMap.newKeySet();
    var described =
        RunningService.of(
                () -> {
                  var module = new TallyModule();
                  modules.add(module);
                  return module;
                })
            .instances(3);
    try (var service = described.start(nats)) {
      assertThat(modules).hasSize(3);
      assertThat(service.instances()).hasSize(3).allMatch(ServiceHost::isReady);
      assertThat(service.bus().discovery().findAll(Duration.ofSeconds(1))).hasSize(3);
    }
  }

  @Test
  void hasABusThatIsReadyForAllItDoes(NatsServer nats) {
    try (var service = RunningService.of(TallyModule::new).instances(0).start(nats)) {
      assertThat(service.bus().connections().all())
          .extracting(connection -> connection.role(), connection -> connection.state())
          .containsExactlyInAnyOrder(
              tuple(ConnectionRole.CALL, ConnectionState.UP),
              tuple(ConnectionRole.STORE, ConnectionState.UP));
    }
  }

  @Test
  void stopsTheOldestAndStartsOthers(NatsServer nats) {
    try (var service = RunningService.of(TallyModule::new).start(nats)) {
      var first = service.instances();
      service.stopOne();
      assertThat(service.instances()).containsExactly(first.getLast());

      service.stopAll();
      assertThat(service.instances()).isEmpty();
      assertThatIllegalStateException().isThrownBy(service::stopOne).withMessageContaining(": 0");

      var started = service.startOne();
      assertThat(service.instances()).containsExactly(started);
      assertThat(TallyClient.on(service.bus()).vote(votes("one", 1)).getTotal()).isEqualTo(1);
    }
  }

  @Test
  void movesTheClockOfAllInstances(NatsServer nats) {
    var time = MovableTime.still();
    try (var service = RunningService.of(TallyModule::new).clock(time).start(nats)) {
      var tally = TallyClient.on(service.bus());
      time.set(VoteCounter.CLOSE.minusMillis(1));
      tally.vote(votes("late", 1));
      time.pass(Duration.ofMillis(1));
      for (int call = 0; call < 10; call++) {
        assertFails(ErrorCode.FAILED_PRECONDITION, () -> tally.vote(votes("late", 1)));
      }
    }
  }

  @Test
  void runsWithSettingsOfItsOwn(NatsServer nats) {
    var described =
        RunningService.of(TallyModule::new)
            .instances(1)
            .config(config -> config.name("polls").callTimeout(Duration.ofSeconds(3)))
            .config(config -> config.callTimeout(Duration.ofSeconds(4)));
    try (var service = described.start(nats)) {
      assertThat(service.config().name()).isEqualTo("polls");
      assertThat(service.config().callTimeout()).isEqualTo(Duration.ofSeconds(4));
    }
  }

  @Test
  void runsBesideItWhatItCalls(NatsServer nats) {
    TallyService tenTimes =
        (request, call) -> VoteResponse.newBuilder().setTotal(request.getVotes() * 10L).build();
    var described =
        RunningService.of(TallyModule::new).instances(0).beside(context -> context.serve(tenTimes));
    try (var service = described.start(nats)) {
      var tally = TallyClient.on(service.bus());
      assertThat(tally.vote(votes("ada", 2)).getTotal()).isEqualTo(20);
    }
  }

  @Test
  void showsNoEventsBeforeThereIsAStream() throws Exception {
    try (var nats = NatsServer.start();
        var service = RunningService.of(() -> context -> {}).instances(1).start(nats)) {
      assertThat(service.published(Voted.getDefaultInstance())).isEmpty();
      assertThat(service.observer().jetStreamManagement().getStreamNames()).isEmpty();
    }
  }

  @Test
  void readsOnlyEventsThatAreDeclared(NatsServer nats) {
    try (var service = RunningService.of(TallyModule::new).instances(0).start(nats)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> service.published(VoteRequest.getDefaultInstance()))
          .withMessageContaining("VoteRequest");
    }
  }

  @Test
  void closesEverythingAndMayDoSoTwice(NatsServer nats) {
    var service = RunningService.of(TallyModule::new).beside(context -> {}).start(nats);
    var instances = service.instances();
    var other = service.startBeside(context -> {});
    var observer = service.observer();

    service.close();
    service.close();

    assertThat(instances).noneMatch(ServiceHost::isReady);
    assertThat(other.isReady()).isFalse();
    assertThat(observer.getStatus()).isEqualTo(Connection.Status.CLOSED);
    assertFails(
        ErrorCode.UNAVAILABLE, () -> TallyClient.on(service.bus()).vote(votes("nobody", 1)));
  }

  @Test
  void failsWithWhatAModuleThrewAndLeavesNothingRunning(NatsServer nats) {
    Deque<ServiceModule> modules = new ArrayDeque<>();
    modules.add(new TallyModule());
    modules.add(context -> {
      throw new IllegalStateException("no second one");
    });
    assertThatIllegalStateException()
        .isThrownBy(() -> RunningService.of(modules::remove).start(nats))
        .withMessage("no second one");

    try (var caller = RunningService.of(TallyModule::new).instances(0).start(nats)) {
      assertThat(caller.bus().discovery().findAll(Duration.ofMillis(300))).isEmpty();
    }
  }

  @Test
  void saysWhyAnInstanceIsNotReady() throws Exception {
    try (var nats = NatsServer.start()) {
      nats.pause();
      var described = RunningService.of(TallyModule::new).startBound(Duration.ofMillis(300));
      assertThatThrownBy(() -> described.start(nats))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("not ready within PT0.3S")
          .hasMessageContaining("nats-serve");
    }
  }

  @Test
  void endsItsWaitWhenInterrupted(NatsServer nats) {
    ServiceModule interrupting = context -> Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> RunningService.of(() -> interrupting).start(nats))
          .withMessage("interrupted while waiting for an instance to be ready");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void refusesANegativeNumberOfInstances() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunningService.of(TallyModule::new).instances(-1))
        .withMessage("instances: -1 (expected: 0 or more)");
  }
}
