package com.example.boxoffice;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static io.bodybroker.sdk.testing.ServiceAssertions.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.boxoffice.v1.BoxOfficeClient;
import com.example.boxoffice.v1.GetReservationRequest;
import com.example.boxoffice.v1.ReserveRequest;
import com.example.boxoffice.v1.ReserveResponse;
import com.example.boxoffice.v1.SeatReserved;
import com.example.boxoffice.v1.WatchSeatsRequest;
import com.example.boxoffice.v1.WatchSeatsResponse;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.rpc.ResponseStream;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances over a real nats-server; each test has a show of its own. */
@TestServers
class BoxOfficeTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private RunningService service;
  private BoxOfficeClient client;

  @BeforeEach
  void start(NatsServer nats) {
    service = RunningService.of(BoxOfficeModule::new).start(nats);
    client = BoxOfficeClient.on(service.bus());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void giveASeatToOneOfManyWhoWantItAtTheSameMoment() {
    var buyers = new ArrayList<CompletableFuture<ReserveResponse>>();
    for (int i = 0; i < 20; i++) {
      buyers.add(client.reserveAsync(reserve("hamlet", "A7", "buyer-" + i)));
    }

    long winners =
        buyers.stream().filter(one -> one.handle((answer, error) -> error == null).join()).count();

    assertThat(winners).isEqualTo(1);
  }

  @Test
  void answerARepeatWithTheReservationThereIs() {
    var first = client.reserve(reserve("lear", "A7", "ada"));

    assertThat(client.reserve(reserve("lear", "A7", "ada"))).isEqualTo(first);
    assertThat(client.getReservation(get("lear", "A7")).getReservation())
        .isEqualTo(first.getReservation());
  }

  @Test
  void sayWhatIsWrong() {
    assertFails(ErrorCode.NOT_FOUND, () -> client.getReservation(get("medea", "A7")));
    assertThat(
            assertRefuses(() -> client.reserve(reserve("medea", "Z99", "ada")), "seat").message())
        .isEqualTo("seat: \"Z99\" (expected: a row from A to H and a number from 1 to 12)");
  }

  @Test
  void streamTheTakenSeatsAlsoWhenOneOfThemStops() {
    try (var stream = client.watchSeats(watch("othello"))) {
      assertThat(next(stream).getSeatsList()).isEmpty();

      client.reserve(reserve("othello", "A7", "ada"));
      assertThat(next(stream).getSeatsList()).containsExactly("A7");

      service.stopOne();
      client.reserve(reserve("othello", "B1", "grace"));
      assertThat(next(stream).getSeatsList()).containsExactly("A7", "B1");
    }
  }

  @Test
  void publishAnEventForASeat(NatsServer nats) throws Exception {
    var events = new CopyOnWriteArrayList<Message>();
    try (var listener = Nats.connect(nats.url())) {
      listener.createDispatcher(events::add).subscribe("evt.box-office.seat-reserved.v1");
      listener.flush(BOUND);

      var answer = client.reserve(reserve("macbeth", "A7", "ada"));

      Await.until(BOUND, "an event", () -> !events.isEmpty());
      assertThat(events.getFirst().getHeaders().getFirst("Nats-Msg-Id")).isEqualTo("macbeth:A7");
      assertThat(SeatReserved.parseFrom(events.getFirst().getData()).getReservation())
          .isEqualTo(answer.getReservation());
    }
  }

  private static WatchSeatsResponse next(ResponseStream<WatchSeatsResponse> stream) {
    assertThat(stream.awaitNext(BOUND)).as("a message in time").isTrue();
    return stream.next().orElseThrow();
  }

  private static ReserveRequest reserve(String show, String seat, String holder) {
    return ReserveRequest.newBuilder().setShowId(show).setSeat(seat).setHolder(holder).build();
  }

  private static GetReservationRequest get(String show, String seat) {
    return GetReservationRequest.newBuilder().setShowId(show).setSeat(seat).build();
  }

  private static WatchSeatsRequest watch(String show) {
    return WatchSeatsRequest.newBuilder().setShowId(show).build();
  }
}
