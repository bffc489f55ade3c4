package io.bodybroker.sdk.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.backup.BackupProgress.Step;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.testkit.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StreamConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaveOrderTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  @TempDir private Path scratch;

  @Test
  void savesWhatCausesBeforeWhatItCauses() {
    assertThat(
            SaveOrder.of(
                Set.of(
                    "DLQ",
                    "DLQ_ADVISORIES",
                    "GAME",
                    "KV_feeds",
                    "KV_effects",
                    "KV_zones",
                    "WORK",
                    "something_else")))
        .containsExactly(
            "KV_feeds",
            "GAME",
            "WORK",
            "something_else",
            "DLQ_ADVISORIES",
            "DLQ",
            "KV_effects",
            "KV_zones");
  }

  /** A fed store, and two consumers of its events, in steps as the SDK takes them. */
  private static final class Game implements AutoCloseable {
    private final Connection connection;
    private final JetStreamManagement management;
    private final JetStreamSubscription effects;
    private final JetStreamSubscription letters;

    Game(String url) throws Exception {
      connection = Nats.connect(url);
      management = connection.jetStreamManagement();
      for (String bucket : List.of("players", "effects", "feeds")) {
        connection
            .keyValueManagement()
            .create(KeyValueConfiguration.builder().name(bucket).build());
      }
      stream("GAME", "evt.game.>");
      stream("DLQ", "dlq.>");
      effects = consumer("effects");
      letters = consumer("letters");
    }

    private void stream(String name, String subject) throws Exception {
      management.addStream(StreamConfiguration.builder().name(name).subjects(subject).build());
    }

    private JetStreamSubscription consumer(String durable) throws Exception {
      management.addOrUpdateConsumer(
          "GAME", ConsumerConfiguration.builder().durable(durable).build());
      return connection.jetStream().subscribe(null, PullSubscribeOptions.bind("GAME", durable));
    }

    /** One change, its event, the note of the feed, an effect of the event, and a letter of it. */
    void goOn() throws Exception {
      long revision = connection.keyValue("players").put("player", new byte[] {1});
      connection.jetStream().publish("evt.game.scored.v1", new byte[] {1});
      connection.keyValue("feeds").put("players", Long.toString(revision));
      Message event = effects.fetch(1, BOUND).getFirst();
      connection.keyValue("effects").put("player", new byte[] {1});
      event.ackSync(BOUND);
      Message bad = letters.fetch(1, BOUND).getFirst();
      connection.jetStream().publish("dlq.game.letters", new byte[] {1});
      bad.ackSync(BOUND);
    }

    @Override
    public void close() throws Exception {
      connection.close();
    }
  }

  private static Bus connect(String url) throws InterruptedException {
    var bus = Bus.connect(BusConfig.builder().name("backup-test").natsUrls(List.of(url)).build());
    assertThat(bus.connections().connection(ConnectionRole.STORE).awaitUp(BOUND)).isTrue();
    return bus;
  }

  @Test
  void losesNothingOfAGameThatGoesOnBetweenItsStreams() throws Exception {
    Path backup = scratch.resolve("live");
    var saved = new HashSet<String>();
    try (var busy = NatsServer.start();
        var bus = connect(busy.url());
        var game = new Game(busy.url())) {
      game.goOn();
      bus.backups()
          .save(
              backup,
              Set.of(),
              (stream, step, done, total) -> {
                if (step == Step.READING && saved.add(stream)) {
                  goOn(game);
                }
              });
    }
    assertThat(saved).hasSize(5);
    try (var empty = NatsServer.start();
        var bus = connect(empty.url());
        var connection = Nats.connect(empty.url())) {
      bus.backups()
          .restore(
              backup,
              new Restore(Set.of(), 0, false),
              BackupProgress.NONE,
              stream -> assertThat(stream.differences()).isEmpty());
      var management = connection.jetStreamManagement();
      long noted = Long.parseLong(connection.keyValue("feeds").get("players").getValueAsString());
      long events = last(management, "GAME");
      assertThat(noted).as("the feed goes on behind an event there is").isLessThanOrEqualTo(events);
      assertThat(events)
          .as("an event tells of a change")
          .isLessThan(last(management, "KV_players"));
      assertThat(position(management, "effects"))
          .as("what is acknowledged has its effect")
          .isLessThan(last(management, "KV_effects"));
      assertThat(position(management, "letters"))
          .as("what is acknowledged is in the queue")
          .isLessThan(last(management, "DLQ"));
    }
  }

  private static void goOn(Game game) {
    try {
      game.goOn();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static long last(JetStreamManagement management, String stream) throws Exception {
    return management.getStreamInfo(stream).getStreamState().getLastSequence();
  }

  private static long position(JetStreamManagement management, String consumer) throws Exception {
    return management.getConsumerInfo("GAME", consumer).getAckFloor().getStreamSequence();
  }
}
