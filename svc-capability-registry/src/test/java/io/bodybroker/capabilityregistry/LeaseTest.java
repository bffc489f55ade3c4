package io.bodybroker.capabilityregistry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.bodybroker.capabilityregistry.state.v1.StoredRegistration;
import io.bodybroker.capabilityregistry.v1.Capability;
import io.bodybroker.capabilityregistry.v1.CapabilityMetrics;
import io.bodybroker.capabilityregistry.v1.CapabilityRegistered;
import io.bodybroker.capabilityregistry.v1.CapabilityRemoved;
import io.bodybroker.capabilityregistry.v1.Registration;
import io.bodybroker.sdk.store.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private static Registration wanted(String version) {
    return Registration.newBuilder()
        .setRegistrationId("r")
        .setServiceId("s")
        .addCapabilities(
            Capability.newBuilder().setCapabilityId("chat").putParameters("version", version))
        .build();
  }

  private static List<String> told(StoredRegistration stored) {
    var told = new ArrayList<String>();
    for (var event : LeaseEvents.FEED.eventsOf(new Change.Put<>("r", stored, 1))) {
      switch (event) {
        case CapabilityRegistered registered -> told.add("registered");
        case CapabilityRemoved removed -> told.add(removed.getReason().name());
        default -> throw new AssertionError(event);
      }
    }
    return told;
  }

  @Test
  void lastsUntilItsEndAndNotLonger() {
    var stored = Lease.register(Optional.empty(), wanted("1"), NOW);
    var end = NOW.plusSeconds(300);
    assertThat(new Lease(stored, end.minusNanos(1)).isOnline()).isTrue();
    assertThat(new Lease(stored, end).isOnline()).isFalse();
    assertThat(new Lease(stored, end).registration().getOnline()).isFalse();
  }

  @Test
  void isToldWhenItComesOnlineOrCanDoSomethingElse() {
    var first = Lease.register(Optional.empty(), wanted("1"), NOW);
    assertThat(told(first)).containsExactly("registered");
    var again = Lease.register(Optional.of(first), wanted("1"), NOW.plusSeconds(10));
    assertThat(told(again)).isEmpty();
    assertThat(again.getRegistration().getRegisteredAt())
        .isEqualTo(first.getRegistration().getRegisteredAt());
    assertThat(told(Lease.register(Optional.of(again), wanted("2"), NOW.plusSeconds(20))))
        .containsExactly("registered");
    assertThat(told(Lease.register(Optional.of(again), wanted("1"), NOW.plusSeconds(310))))
        .containsExactly("LAPSED", "registered");
  }

  @Test
  void takesFiguresFromHeartbeats() {
    var stored = Lease.register(Optional.empty(), wanted("1"), NOW);
    var figures =
        CapabilityMetrics.newBuilder()
            .setCapabilityId("chat")
            .setAverageLatency(Duration.newBuilder().setSeconds(2))
            .build();
    var next = new Lease(stored, NOW.plusSeconds(100)).heartbeat(List.of(figures));
    assertThat(told(next)).isEmpty();
    assertThat(next.getRegistration().getCapabilities(0).getAverageLatency().getSeconds())
        .isEqualTo(2);
    assertThat(new Lease(next, NOW.plusSeconds(399)).isOnline()).isTrue();
  }

  enum What {
    REGISTER,
    REGISTER_OTHER,
    HEARTBEAT,
    DEREGISTER,
    SWEEP
  }

  /** One thing that happens, some seconds after the one before. */
  record Step(What what, int seconds) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.of(What.class), Arbitraries.integers().between(0, 400))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  /** Whatever happens: it went offline as often as it came online, or once less. */
  @Property(tries = 100)
  void isRemovedOnceEachTimeItWentOffline(@ForAll("steps") List<Step> steps) {
    Optional<StoredRegistration> stored = Optional.empty();
    var now = NOW;
    boolean isToldOnline = false;
    int others = 0;
    for (Step step : steps) {
      now = now.plusSeconds(step.seconds());
      var at = now;
      var lease = stored.map(one -> new Lease(one, at));
      boolean isOnline = lease.map(Lease::isOnline).orElse(false);
      var next =
          switch (step.what()) {
            case REGISTER -> Optional.of(Lease.register(stored, wanted("1"), now));
            case REGISTER_OTHER ->
                Optional.of(Lease.register(stored, wanted("other-" + others++), now));
            case HEARTBEAT -> isOnline ? lease.map(one -> one.heartbeat(List.of())) : stored;
            case DEREGISTER -> isOnline ? lease.map(Lease::deregister) : stored;
            case SWEEP -> lease.map(Lease::lapse);
          };
      if (!next.equals(stored)) {
        for (String what : told(next.orElseThrow())) {
          boolean isRegistered = what.equals("registered");
          assertThat(isRegistered || isToldOnline).as("removed once").isTrue();
          isToldOnline = isRegistered;
        }
      }
      stored = next;
      if (step.what() == What.SWEEP || step.what() == What.REGISTER) {
        assertThat(isToldOnline)
            .isEqualTo(stored.map(one -> new Lease(one, at).isOnline()).orElse(false));
      }
    }
  }
}
