package io.bodybroker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StreamConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@TestServers(scope = TestServers.Scope.METHOD)
class BackupAndRestoreTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @TempDir private Path scratch;

  private static void fill(NatsServer nats, int events) throws Exception {
    try (Connection connection = Nats.connect(nats.url())) {
      connection
          .keyValueManagement()
          .create(KeyValueConfiguration.builder().name("players").build());
      for (int i = 0; i < 30; i++) {
        connection.keyValue("players").put("player-" + i % 10, ("gold " + i).getBytes(UTF_8));
      }
      var management = connection.jetStreamManagement();
      management.addStream(
          StreamConfiguration.builder().name("GAME").subjects("evt.game.>").build());
      List<CompletableFuture<?>> published = new ArrayList<>();
      for (int i = 0; i < events; i++) {
        published.add(connection.jetStream().publishAsync("evt.game.scored.v1", new byte[100]));
      }
      CompletableFuture.allOf(published.toArray(CompletableFuture[]::new)).join();
      management.addOrUpdateConsumer(
          "GAME", ConsumerConfiguration.builder().durable("scores").build());
      var scores =
          connection.jetStream().subscribe(null, PullSubscribeOptions.bind("GAME", "scores"));
      for (var message : scores.fetch(20, BOUND)) {
        message.ackSync(BOUND);
      }
    }
  }

  private static String position(NatsServer nats) throws Exception {
    try (Connection connection = Nats.connect(nats.url())) {
      var management = connection.jetStreamManagement();
      var state = management.getStreamInfo("GAME").getStreamState();
      var scores = management.getConsumerInfo("GAME", "scores");
      return "%d to %d, scores at %d, %d pending; player-3: %s in revision %d"
          .formatted(
              state.getFirstSequence(),
              state.getLastSequence(),
              scores.getAckFloor().getStreamSequence(),
              scores.getNumPending(),
              connection.keyValue("players").get("player-3").getValueAsString(),
              connection.keyValue("players").get("player-3").getRevision());
    }
  }

  @Test
  void bringsEverythingIntoAnEmptyServer(NatsServer nats) throws Exception {
    fill(nats, 50);
    Path directory = scratch.resolve("backup");
    var bb = new OnServer(nats.url());

    assertThat(bb.run(0, "backup", directory.toString()))
        .containsPattern("GAME +50 +1 +50 +1 +[0-9]+\n")
        .containsPattern("KV_players +10 +21 +30 +0 +[0-9]+\n")
        .contains("saved: " + directory + ", 2 streams with 60 messages, ");
    assertThat(bb.run(1, "restore", directory.toString()))
        .isEqualTo(
            "bb: FAILED_PRECONDITION: these streams exist: GAME, KV_players"
                + " (expected: none of those to be restored)\n");
    assertThat(bb.run(1, "backup", directory.toString()))
        .contains("is not empty (expected: an empty or a new one)");

    try (var empty = NatsServer.start()) {
      var other = new OnServer(empty.url());
      assertThat(other.run(0, "restore", directory.toString(), "--dry-run"))
          .containsPattern("GAME +50 +0 +0 +0  would be restored\n")
          .endsWith(" is whole; 2 streams with 60 messages would be restored\n");
      assertThat(other.run(0, "restore", directory.toString()))
          .containsPattern("GAME +50 +50 +0 +1  as it was\n")
          .containsPattern("KV_players +10 +10 +0 +0  as it was\n")
          .endsWith(" is restored: 2 streams with 60 messages, all as they were\n");
      assertThat(position(empty)).isEqualTo(position(nats));
      assertThat(position(empty))
          .isEqualTo("1 to 50, scores at 20, 30 pending; player-3: gold 23 in revision 24");
    }
  }

  @Test
  void tellsProgramsALineForEachStream(NatsServer nats) throws Exception {
    fill(nats, 50);
    String directory = scratch.resolve("backup").toString();

    assertThat(new OnServer(nats.url()).run(0, "backup", directory, "--only=KV_players", "--json"))
        .startsWith("{\"stream\":\"KV_players\",\"messages\":10,\"firstSequence\":21,")
        .contains("\n{\"saved\":\"" + directory + "\",\"at\":\"20")
        .hasLineCount(2);
    // No server is needed to see whether it is whole.
    assertThat(new OnServer("nats://127.0.0.1:9").run(0, "backup", "verify", directory, "--json"))
        .contains("{\"whole\":\"" + directory + "\"")
        .contains("\"partial\":true,");
    try (var empty = NatsServer.start()) {
      assertThat(new OnServer(empty.url()).run(0, "restore", directory, "--json"))
          .isEqualTo(
              "{\"stream\":\"KV_players\",\"messages\":10,\"dryRun\":false,\"verified\":10,"
                  + "\"expired\":0,\"consumers\":0,\"differences\":[]}\n"
                  + "bb: the backup is a part of what there was: it was saved with --only, and has no"
                  + " other streams\n");
    }
  }

  @Test
  void refusesWhatIsDamagedOrUnknown(NatsServer nats) throws Exception {
    fill(nats, 50);
    Path directory = scratch.resolve("backup");
    var bb = new OnServer(nats.url());
    assertThat(bb.run(1, "backup", directory.toString(), "--only=GAMES"))
        .isEqualTo("bb: NOT_FOUND: no stream GAMES (expected: some of [GAME, KV_players])\n");
    bb.run(0, "backup", directory.toString());
    Path snapshot = directory.resolve("GAME.snapshot");
    byte[] bytes = Files.readAllBytes(snapshot);
    bytes[bytes.length - 1] ^= 1;
    Files.write(snapshot, bytes);

    for (var words : List.of(List.of("backup", "verify"), List.of("restore"))) {
      var all = new ArrayList<>(words);
      all.add(directory.toString());
      assertThat(bb.run(1, all.toArray(String[]::new)))
          .startsWith("bb: FAILED_PRECONDITION: the backup is damaged: GAME.snapshot has SHA-256 ");
    }
    assertThat(bb.run(1, "restore", scratch.resolve("none").toString()))
        .isEqualTo("bb: NOT_FOUND: no directory " + scratch.resolve("none") + "\n");
    assertThat(bb.run(2, "restore")).startsWith("bb: usage: bb restore <directory>");
    assertThat(bb.run(2, "backup", "verify")).startsWith("bb: usage: bb backup <directory>");
    assertThat(bb.run(2, "restore", "x", "--replicas=2"))
        .isEqualTo(
            "bb: --replicas: \"2\" (expected: 1, 3 or 5; without it, as many as each stream had)\n");
    assertThat(bb.run(2, "restore", "x", "--only=")).contains("--only: \"\"");
    assertThat(bb.run(2, "restore", "x", "--only=A", "--only=B")).contains("--only is given twice");
  }

  @Test
  void saysNothingAgainstABackupThatWasThereBeforeWhenItIsInterrupted(NatsServer nats)
      throws Exception {
    fill(nats, 50);
    String directory = scratch.resolve("backup").toString();
    new OnServer(nats.url()).run(0, "backup", directory);
    try (var silent = NatsServer.builder().jetStream(false).start();
        Connection connection = Nats.connect(silent.url())) {
      var asked = new CountDownLatch(1);
      connection.createDispatcher(request -> asked.countDown()).subscribe("$JS.API.>");
      connection.flush(BOUND);
      try (var program = new OnServer(silent.url()).start("backup", directory)) {
        assertThat(asked.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(program.terminate().awaitEnd()).isEqualTo(128 + 15);
        assertThat(program.output())
            .contains("bb: interrupted: nothing was saved")
            .doesNotContain("delete");
      }
    }
    new OnServer(nats.url()).run(0, "backup", "verify", directory);
  }

  @Test
  void saysThatABackupIsNotWholeWhenItIsInterrupted(NatsServer nats) throws Exception {
    fill(nats, 20_000);
    Path directory = scratch.resolve("backup");
    try (var program = new OnServer(nats.url()).start("backup", directory.toString())) {
      Await.until(BOUND, "a snapshot", () -> Files.exists(directory.resolve("GAME.snapshot")));
      assertThat(program.terminate().awaitEnd()).isEqualTo(128 + 15);
      assertThat(program.output())
          .contains("bb: interrupted: " + directory + " is not whole and cannot be restored");
    }
    assertThat(new OnServer(nats.url()).run(1, "restore", directory.toString()))
        .contains("the backup in " + directory + " was interrupted");
  }
}
