package com.example.tally;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.tally.v1.TallyClient;
import com.example.tally.v1.VoteRequest;
import com.example.tally.v1.Voted;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The test that README and Javadoc show. */
@TestServers
class TallyTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private static VoteRequest votes(String name, int votes) {
    return VoteRequest.newBuilder().setName(name).setVotes(votes).build();
  }

  // @start region="example"
  @Test
  void goesOnCountingWhenAnInstanceStops(NatsServer nats) {
    try (var service = RunningService.of(TallyModule::new).start(nats)) {
      var tally = TallyClient.on(service.bus());
      tally.vote(votes("ada", 1));

      service.stopOne();

      assertThat(tally.vote(votes("ada", 2)).getTotal()).isEqualTo(3);
      Await.untilSeen(
          BOUND,
          "an event of each vote",
          () -> service.published(Voted.getDefaultInstance()),
          events -> events.stream().map(Voted::getTotal).toList().equals(List.of(1L, 3L)));
      assertRefuses(() -> tally.vote(votes("", 101)), "name", "votes");
    }
  }
  // @end
}
