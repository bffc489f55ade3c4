package io.bodybroker.sdk.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerConfiguration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The consumers that the test class path declares, as operators see them. */
@TestServers(scope = TestServers.Scope.METHOD)
final class ConsumersTest {
  private Bus bus;

  @BeforeEach
  void connect(NatsServer nats) throws Exception {
    bus = EventBus.connect(nats);
    bus.connections().connection(ConnectionRole.STORE).awaitUp(EventBus.BOUND);
  }

  @AfterEach
  void close() {
    bus.close();
  }

  private ConsumerReport declared() {
    return bus.consumers().reports().stream()
        .filter(report -> report.name().equals(TestConsumers.DECLARED.name()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tellsOneThatIsMissingThenHowItStands() throws Exception {
    assertThat(declared()).matches(report -> !report.exists() && report.stream().equals("ECHO"));

    bus.events().publish(EventBus.echoed(1), "one");
    try (var consumption = bus.events().consume(TestConsumers.DECLARED, (event, delivery) -> {})) {
      Await.until(EventBus.BOUND, "the event to be finished", () -> declared().finishedUpTo() == 1);
    }

    assertThat(declared()).matches(ConsumerReport::isAsDeclared);
    assertThat(declared().waiting()).isZero();
  }

  @Test
  void tellsOneThatDiffersAndOneThatNobodyKnows(NatsServer nats) throws Exception {
    bus.events().publish(EventBus.echoed(1), "one"); // makes the stream
    try (var operator = Nats.connect(nats.url())) {
      for (String name : List.of(TestConsumers.DECLARED.name(), "by-hand")) {
        operator
            .jetStreamManagement()
            .createConsumer(
                "ECHO",
                ConsumerConfiguration.builder()
                    .durable(name)
                    .filterSubject("evt.echo.echoed.v1")
                    .maxDeliver(3)
                    .build());
      }
    }

    assertThat(declared().differences())
        .extracting(Object::toString)
        .contains("max_deliver: 3 (declared: 10)");
    assertThat(bus.consumers().reports())
        .filteredOn(report -> !report.isDeclared())
        .singleElement()
        .matches(report -> report.name().equals("by-hand") && report.waiting() == 1);
  }

  @Test
  void refusesOneNameForTwo() {
    var one = ConsumerSpec.builder("same", Echoed.getDefaultInstance()).build();
    var other = ConsumerSpec.builder("same", Echoed.getDefaultInstance()).attempts(2).build();

    assertThatThrownBy(() -> ConsumerCatalog.of(List.of(one, other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"same\"")
        .hasMessageContaining("a name for each");
  }
}
