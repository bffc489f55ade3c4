package io.bodybroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@TestServers(scope = TestServers.Scope.METHOD)
class StreamsCommandTest {
  @Test
  void makesTheDeclaredStreams(NatsServer nats) throws Exception {
    var bb = new OnServer(nats.url());

    assertThat(bb.run(0, "streams"))
        .containsPattern("STREAM +STATE +REPLICAS")
        .containsPattern("WORLD_EVENTS +missing +0 +0 +0  evt\\.time\\.> evt\\.weather\\.>")
        .containsPattern("JOURNAL_ledger +missing +0 +0 +0  journal\\.ledger\\.>")
        .containsPattern("DLQ +missing");
    assertThat(bb.run(0, "streams", "apply"))
        .containsPattern("WORLD_EVENTS +as declared +1 +0 +0 ")
        .doesNotContainPattern("(?m)^[A-Z_]+ +missing")
        .containsPattern("weather-hours_redriven +missing +WORLD_EVENTS +0 +0 +0 +0\n");
    assertThat(bb.run(0, "streams", "--json"))
        .contains("{\"stream\":\"DLQ\",\"state\":\"as declared\",\"replicas\":1,\"messages\":0,");
    try (Connection connection = Nats.connect(nats.url())) {
      connection.jetStream().publish("evt.weather.changed.v1", new byte[0]);
      connection
          .jetStreamManagement()
          .addOrUpdateConsumer(
              "WORLD_EVENTS", ConsumerConfiguration.builder().durable("moods").build());
    }
    assertThat(bb.run(0, "streams"))
        .containsPattern("CONSUMER +STATE +STREAM +WAITING +AT WORK +AGAIN +FINISHED\n")
        .containsPattern("moods +not declared +WORLD_EVENTS +1 +0 +0 +0\n");
    assertThat(bb.run(0, "streams", "--json"))
        .contains("{\"consumer\":\"moods\",\"state\":\"not declared\",");
    assertThat(bb.run(2, "streams", "aply")).contains("usage: bb streams [apply]");
  }

  @Test
  void changesWhatIsSafeAndLeavesAloneWhatIsNot(NatsServer nats) throws Exception {
    try (Connection connection = Nats.connect(nats.url())) {
      var management = connection.jetStreamManagement();
      management.addStream(
          StreamConfiguration.builder()
              .name("WORLD_EVENTS")
              .subjects("evt.weather.>")
              .maxAge(Duration.ofDays(1))
              .maxBytes(1 << 20)
              .build());
      management.addStream(
          StreamConfiguration.builder()
              .name("GAME_EVENTS")
              .subjects("evt.quest.>")
              .retentionPolicy(RetentionPolicy.WorkQueue)
              .build());
    }
    var bb = new OnServer(nats.url());

    assertThat(bb.run(0, "streams"))
        .containsPattern("WORLD_EVENTS +differs")
        .contains("    max_age: 86400000 (declared: 604800000)\n")
        .containsPattern("GAME_EVENTS +refused")
        .contains("retention: workqueue (declared: limits), and cannot be changed safely\n")
        .contains("max_age: 0 (declared: 604800000), and is left alone: it keeps more\n");
    assertThat(bb.run(1, "streams", "apply"))
        .containsPattern("WORLD_EVENTS +as declared")
        .containsPattern("NARRATIVE_EVENTS +as declared")
        .containsPattern("GAME_EVENTS +refused")
        .contains("bb: left as they are, since messages would be lost: GAME_EVENTS\n");
  }
}
