package io.bodybroker.sdk.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.connection.Connections;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TestServers(scope = TestServers.Scope.METHOD)
class StreamsTest {
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final StreamSpec DECLARED =
      StreamSpec.builder("GAME", "evt.game.>")
          .maxAge(Duration.ofHours(2))
          .maxBytes(1 << 20)
          .build();

  private Connections connections;
  private Connection operator;
  private JetStreamManagement management;

  @BeforeEach
  void connect(NatsServer nats) throws Exception {
    connections = new Connections(BusConfig.builder().natsUrls(List.of(nats.url())).build());
    assertThat(connections.connection(ConnectionRole.STORE).awaitUp(BOUND)).isTrue();
    operator = Nats.connect(nats.url());
    management = operator.jetStreamManagement();
  }

  @AfterEach
  void close() throws Exception {
    connections.close();
    operator.close();
  }

  private Streams streams(StreamSpec... declared) {
    return new Streams(
        () -> connections.connection(ConnectionRole.STORE),
        StreamCatalog.of(List.of(declared)),
        0,
        BOUND);
  }

  private StreamConfiguration actual() throws Exception {
    return management.getStreamInfo("GAME").getConfiguration();
  }

  private void make(StreamConfiguration.Builder stream) throws Exception {
    management.addStream(stream.name("GAME").build());
  }

  @Test
  void makesAStreamThatIsMissing() throws Exception {
    var streams = streams(DECLARED);
    assertThat(streams.reports()).singleElement().matches(report -> !report.exists());

    streams.require(DECLARED);

    assertThat(actual().getSubjects()).containsExactly("evt.game.>", "redrive.GAME.>");
    assertThat(actual().getMaxAge()).isEqualTo(Duration.ofHours(2));
    assertThat(actual().getReplicas()).isEqualTo(1);
    assertThat(streams.reports()).singleElement().matches(StreamReport::isAsDeclared);
  }

  @Test
  void changesWhatCanBeChangedWithoutLosingAnything() throws Exception {
    make(
        StreamConfiguration.builder()
            .subjects("evt.game.>")
            .maxAge(Duration.ofHours(1))
            .maxBytes(1 << 10)
            .description("an operator's"));

    streams(DECLARED).require(DECLARED);

    assertThat(actual().getMaxAge()).isEqualTo(Duration.ofHours(2));
    assertThat(actual().getMaxBytes()).isEqualTo(1 << 20);
    assertThat(actual().getDescription()).isEqualTo("an operator's");
  }

  @Test
  void refusesWhatWouldLoseMessagesWithTheDifference() throws Exception {
    make(
        StreamConfiguration.builder()
            .subjects("evt.game.>", "evt.other.>")
            .maxAge(Duration.ofDays(7)));
    var streams = streams(DECLARED);

    var error = catchThrowableOfType(ServiceException.class, () -> streams.require(DECLARED));

    assertThat(error.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
    assertThat(error.message())
        .contains("GAME")
        .contains("max_age: 604800000 (declared: 7200000)")
        .contains("evt.other.>");
    assertThat(actual().getSubjects()).contains("evt.other.>");
    assertThat(streams.reports()).singleElement().matches(StreamReport::isRefused);
  }

  @Test
  void leavesALimitThatAnOperatorRaised() throws Exception {
    make(
        StreamConfiguration.builder()
            .subjects("evt.game.>", "redrive.GAME.>")
            .maxAge(Duration.ofHours(1))
            .maxBytes(1 << 21)
            .maxMessages(-1));
    var streams = streams(DECLARED);

    streams.require(DECLARED);

    assertThat(actual().getMaxAge())
        .as("raised to what is declared")
        .isEqualTo(Duration.ofHours(2));
    assertThat(actual().getMaxBytes()).as("left as it is").isEqualTo(1 << 21);
    assertThat(streams.reports())
        .singleElement()
        .matches(report -> !report.isRefused() && !report.isToBeChanged())
        .satisfies(report ->
            assertThat(report.differences())
                .singleElement()
                .hasToString("max_bytes: 2097152 (declared: 1048576)"));
  }

  @Test
  void refusesAnotherRetention() throws Exception {
    make(
        StreamConfiguration.builder()
            .subjects("evt.game.>")
            .retentionPolicy(io.nats.client.api.RetentionPolicy.WorkQueue));

    assertThatThrownBy(() -> streams(DECLARED).require(DECLARED))
        .hasMessageContaining("retention: workqueue (declared: limits)");
  }

  @Test
  void refusesTwoStreamsThatTakeOneSubject() {
    var other = StreamSpec.builder("OTHER", "evt.*.closed.v1").build();

    assertThatThrownBy(() -> StreamCatalog.of(List.of(DECLARED, other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GAME")
        .hasMessageContaining("OTHER");
  }

  @Test
  void namesTheStreamsThereAreWhenNoneTakesASubject() {
    assertThatThrownBy(() -> StreamCatalog.of(List.of(DECLARED)).require("evt.town.built.v1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("evt.town.built.v1")
        .hasMessageContaining("GAME");
  }
}
