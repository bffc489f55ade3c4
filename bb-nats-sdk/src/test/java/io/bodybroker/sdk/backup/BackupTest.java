package io.bodybroker.sdk.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.backup.BackupProgress.Step;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsCluster;
import io.bodybroker.testkit.NatsServer;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class BackupTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Restore ALL = new Restore(Set.of(), 0, false);

  private Path directory;
  private NatsServer nats;
  private Path backup;
  private BackupManifest manifest;
  private Map<String, List<String>> before;

  @BeforeAll
  void saveFilledServer(@TempDir Path scratch) throws Exception {
    directory = scratch;
    nats = NatsServer.start();
    backup = directory.resolve("backup");
    try (var server = new FilledServer(nats.url());
        var bus = connect(nats.url())) {
      server.fill(1);
      before = server.all();
      manifest = bus.backups().save(backup, Set.of(), BackupProgress.NONE);
    }
  }

  @AfterAll
  void end() {
    nats.close();
  }

  private static Bus connect(String urls) throws InterruptedException {
    var bus =
        Bus.connect(
            BusConfig.builder().name("backup-test").natsUrls(List.of(urls.split(","))).build());
    assertThat(bus.connections().connection(ConnectionRole.STORE).awaitUp(BOUND)).isTrue();
    return bus;
  }

  private static List<RestoredStream> restore(Bus bus, Path from, Restore how) {
    var restored = new ArrayList<RestoredStream>();
    bus.backups().restore(from, how, BackupProgress.NONE, restored::add);
    return restored;
  }

  /** Stream by stream, so that a failure stays readable. */
  private static void assertSame(FilledServer server, Map<String, List<String>> expected) {
    // In a cluster, the list of consumers leaves out those that have no leader yet.
    Await.untilAsserted(
        BOUND,
        "all consumers",
        () -> {
          var actual = server.all();
          assertThat(actual.keySet()).isEqualTo(expected.keySet());
          for (String name : expected.keySet()) {
            assertThat(actual.get(name)).as(name).containsExactlyElementsOf(expected.get(name));
          }
        });
  }

  @Test
  void restoresEveryMessageAndEveryPositionIntoAnEmptyServer() throws Exception {
    try (var empty = NatsServer.start();
        var bus = connect(empty.url());
        var server = new FilledServer(empty.url())) {
      var restored = restore(bus, backup, ALL);

      assertSame(server, before);
      assertThat(restored)
          .extracting(RestoredStream::name)
          .containsExactly("DLQ", "GAME", "KV_players", "WORK");
      assertThat(restored).allMatch(stream -> stream.differences().isEmpty());
      assertThat(restored).allMatch(stream -> stream.verified() == stream.messages());
      assertThat(restored).extracting(RestoredStream::consumers).containsExactly(0, 3, 0, 1);
      // And it goes on where it was: the next revision is the next.
      long revision = server.connection().keyValue("players").put("player-0", new byte[] {1});
      assertThat(revision).isEqualTo(303);
    }
  }

  @Test
  void saysWhatItHoldsInAManifestThatPeopleCanRead() throws Exception {
    assertThat(manifest.streams()).allMatch(StreamBackup::isExact);
    assertThat(manifest.server()).matches("2\\.\\d+\\.\\d+.*");
    var game = manifest.streams().get(1);
    assertThat(game.messages()).isEqualTo(700);
    assertThat(game.consumers()).contains(new ConsumerPosition("scores", 100, 100, 150, 150, 50));
    assertThat(Files.readAllLines(backup.resolve("manifest.json")))
        .startsWith("{", "  \"format\": 1,", "  \"server\": \"" + manifest.server() + "\",")
        .contains("          \"name\": \"scores\",", "          \"ack_floor\": 100,")
        .endsWith("}");
    try (var bus = connect(nats.url())) {
      assertThat(Backups.verify(backup, BackupProgress.NONE)).isEqualTo(manifest);
    }
  }

  @Test
  void restoresIntoAClusterWithMoreReplicas() throws Exception {
    try (var cluster = NatsCluster.start(3);
        var bus = connect(cluster.url());
        var server = new FilledServer(cluster.url())) {
      var restored = restore(bus, backup, new Restore(Set.of(), 3, false));

      assertThat(restored).allMatch(stream -> stream.differences().isEmpty());
      assertSame(server, before);
      Await.until(BOUND, "all three have it", () -> server.currentReplicas("GAME") == 2);
      assertThat(server.management().getStreamInfo("GAME").getConfiguration().getReplicas())
          .isEqualTo(3);
    }
  }

  @Test
  void restoresWhatAClusterHadIntoOneServerIfTold() throws Exception {
    Path ofCluster = directory.resolve("cluster");
    Map<String, List<String>> inCluster;
    try (var cluster = NatsCluster.start(3);
        var bus = connect(cluster.url());
        var server = new FilledServer(cluster.url())) {
      server.fill(3);
      inCluster = server.all();
      bus.backups().save(ofCluster, Set.of(), BackupProgress.NONE);
    }
    try (var single = NatsServer.start();
        var bus = connect(single.url());
        var server = new FilledServer(single.url())) {
      assertThatThrownBy(() -> restore(bus, ofCluster, ALL))
          .hasMessageContaining(
              "stream DLQ: 3 replicas, and the server is not in a cluster (expected: 1, which the option replicas sets)");
      assertThat(server.management().getStreamNames()).isEmpty();

      var restored = restore(bus, ofCluster, new Restore(Set.of(), 1, false));

      assertThat(restored).allMatch(stream -> stream.differences().isEmpty());
      assertSame(server, inCluster);
    }
  }

  @Test
  void refusesWhatWouldMixTwoBackups() throws Exception {
    try (var bus = connect(nats.url())) {
      assertThatThrownBy(() -> bus.backups().save(backup, Set.of(), BackupProgress.NONE))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("is not empty (expected: an empty or a new one)");
      assertThat(Backups.verify(backup, BackupProgress.NONE)).isEqualTo(manifest);
    }
  }

  @Test
  void touchesNothingIfOneOfItsStreamsExists() throws Exception {
    try (var other = NatsServer.start();
        var bus = connect(other.url());
        var server = new FilledServer(other.url())) {
      server.stream("GAME", "evt.game.>", RetentionPolicy.Limits, 1);
      server.stream("WORK", "evt.work.>", RetentionPolicy.Limits, 1);

      assertThatThrownBy(() -> restore(bus, backup, ALL))
          .hasMessageContaining(
              "these streams exist: GAME, WORK (expected: none of those to be restored)");
      assertThat(server.management().getStreamNames()).containsExactlyInAnyOrder("GAME", "WORK");

      assertThat(restore(bus, backup, new Restore(Set.of("DLQ", "KV_players"), 0, false)))
          .extracting(RestoredStream::name)
          .containsExactly("DLQ", "KV_players");
      assertThatThrownBy(() -> restore(bus, backup, new Restore(Set.of("GAMES"), 0, false)))
          .hasMessageContaining("no stream in the backup GAMES")
          .hasMessageContaining("[DLQ, GAME, KV_players, WORK]");
    }
  }

  @Test
  void onlyTellsWhatItWouldDoInADryRun() throws Exception {
    try (var empty = NatsServer.start();
        var bus = connect(empty.url());
        var server = new FilledServer(empty.url())) {
      assertThat(restore(bus, backup, new Restore(Set.of(), 0, true)))
          .extracting(RestoredStream::messages)
          .containsExactlyElementsOf(
              manifest.streams().stream().map(StreamBackup::messages).toList());
      assertThat(server.management().getStreamNames()).isEmpty();
    }
  }

  private Path copy(String name) throws Exception {
    Path copy = Files.createDirectory(directory.resolve(name));
    try (var files = Files.list(backup)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  @Test
  void namesEachDamagedFileAndTouchesNothing() throws Exception {
    Path damaged = copy("damaged");
    Path snapshot = damaged.resolve("KV_players.snapshot");
    byte[] bytes = Files.readAllBytes(snapshot);
    bytes[bytes.length / 2] ^= 1;
    Files.write(snapshot, bytes);
    Files.write(damaged.resolve("GAME.snapshot"), new byte[3]);
    Files.delete(damaged.resolve("DLQ.fingerprints"));
    try (var empty = NatsServer.start();
        var bus = connect(empty.url());
        var server = new FilledServer(empty.url())) {
      assertThatThrownBy(() -> restore(bus, damaged, ALL))
          .isInstanceOfSatisfying(
              ServiceException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION))
          .hasMessageContaining("the backup is damaged: DLQ.fingerprints is missing")
          .hasMessageContaining("GAME.snapshot has 3 bytes (expected: ")
          .hasMessageContaining("KV_players.snapshot has SHA-256 ");
      assertThat(server.management().getStreamNames()).isEmpty();
    }
  }

  @Test
  void knowsABackupThatWasInterrupted() throws Exception {
    Path interrupted = directory.resolve("interrupted");
    try (var bus = connect(nats.url())) {
      assertThatThrownBy(() ->
              bus.backups()
                  .save(
                      interrupted,
                      Set.of(),
                      (stream, step, done, total) -> {
                        if (stream.equals("KV_players") && step == Step.READING) {
                          throw new IllegalStateException("interrupted");
                        }
                      }))
          .hasMessage("interrupted");

      assertThatThrownBy(() -> restore(bus, interrupted, ALL))
          .hasMessageContaining("the backup in " + interrupted + " was interrupted");
      assertThatThrownBy(() -> restore(bus, directory.resolve("none"), ALL))
          .hasMessageContaining("no directory " + directory.resolve("none"));
      Path nothing = Files.createDirectory(directory.resolve("nothing"));
      assertThatThrownBy(() -> Backups.verify(nothing, BackupProgress.NONE))
          .hasMessageContaining("no backup in " + nothing);
    }
  }

  @Test
  void tellsWhatIsNotAsItWasAfterwards() throws Exception {
    // The backup of another server under the name of this one: a restore that went wrong.
    Path swapped = directory.resolve("swapped");
    try (var other = NatsServer.start();
        var bus = connect(other.url());
        var server = new FilledServer(other.url())) {
      server.stream("DLQ", "dlq.>", RetentionPolicy.Limits, 1);
      server.publish("dlq.game.scores", 35);
      server.management().deleteMessage("DLQ", 9);
      bus.backups().save(swapped, Set.of(), BackupProgress.NONE);
    }
    var files = new BackupFiles(directory.resolve("wrong"));
    files.begin();
    var real = manifest.streams().getFirst();
    var theirs = new BackupFiles(swapped).manifest().streams().getFirst();
    Files.copy(swapped.resolve("DLQ.snapshot"), directory.resolve("wrong/DLQ.snapshot"));
    Files.copy(backup.resolve("DLQ.fingerprints"), directory.resolve("wrong/DLQ.fingerprints"));
    files.writeManifest(
        new BackupManifest(
            "2",
            Instant.EPOCH,
            false,
            List.of(
                new StreamBackup(
                    "DLQ",
                    real.configuration(),
                    real.state(),
                    real.messages(),
                    real.firstSequence(),
                    real.lastSequence(),
                    real.hashed(),
                    List.of(new ConsumerPosition("scores", 4, 4, 4, 4, 0)),
                    theirs.snapshot(),
                    real.fingerprints())),
            List.of()));
    try (var empty = NatsServer.start();
        var bus = connect(empty.url())) {
      var restored = restore(bus, directory.resolve("wrong"), ALL).getFirst();

      assertThat(restored.verified()).isZero();
      assertThat(restored.differences())
          .containsExactly(
              "6 messages are missing: sequence 9, 36, 37, 38, 39, …",
              "33 messages are not what was saved: sequence 1, 2, 3, 4, 5, …",
              "1 messages are not in the backup: sequence 7",
              "last sequence 35 (expected: 40)",
              "consumer scores is missing");
    }
  }

  @Test
  void savesStreamsThatAreWrittenMeanwhile() throws Exception {
    Path live = directory.resolve("live");
    try (var busy = NatsServer.start();
        var bus = connect(busy.url());
        var server = new FilledServer(busy.url())) {
      server.fill(1);
      var isOver = new AtomicBoolean();
      var written = new AtomicInteger();
      var players = server.connection().keyValue("players");
      var writer =
          Thread.startVirtualThread(() -> {
            while (!isOver.get()) {
              try {
                players.put("player-" + written.get() % 20, new byte[written.get() % 50]);
                server.publish("evt.game.scored.v1", 1);
                written.incrementAndGet();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }
          });
      Await.until(BOUND, "some writes", () -> written.get() > 20);
      bus.backups().save(live, Set.of(), BackupProgress.NONE);
      int end = written.get();
      Await.until(BOUND, "more writes", () -> written.get() > end + 20);
      isOver.set(true);
      writer.join();
    }
    try (var empty = NatsServer.start();
        var bus = connect(empty.url())) {
      var restored = restore(bus, live, ALL);

      assertThat(restored).allMatch(stream -> stream.differences().isEmpty());
      assertThat(restored.get(1).verified()).isGreaterThanOrEqualTo(720);
    }
  }

  @Test
  void leavesOutWhatIsKeptInMemoryAndSaysSo() throws Exception {
    try (var other = NatsServer.start();
        var bus = connect(other.url());
        var server = new FilledServer(other.url())) {
      server
          .management()
          .addStream(
              StreamConfiguration.builder()
                  .name("VOLATILE")
                  .subjects("v.>")
                  .storageType(StorageType.Memory)
                  .build());
      server.stream("GAME", "evt.game.>", RetentionPolicy.Limits, 1);

      var saved = bus.backups().save(directory.resolve("memory"), Set.of(), BackupProgress.NONE);

      assertThat(saved.skipped()).containsExactly("VOLATILE");
      assertThat(saved.streams()).extracting(StreamBackup::name).containsExactly("GAME");
      assertThat(saved.streams().getFirst().messages()).isZero();
    }
  }

  @Test
  void tellsWhatIsOlderThanItsStreamKeepsIt() throws Exception {
    Path old = directory.resolve("old");
    try (var other = NatsServer.start();
        var bus = connect(other.url());
        var server = new FilledServer(other.url())) {
      server
          .management()
          .addStream(
              StreamConfiguration.builder()
                  .name("BRIEF")
                  .subjects("brief.>")
                  .maxAge(Duration.ofSeconds(2))
                  .duplicateWindow(Duration.ofSeconds(1))
                  .build());
      server.publish("brief.one", 10);
      bus.backups().save(old, Set.of(), BackupProgress.NONE);
      Await.until(
          BOUND,
          "they are too old",
          () -> server.management().getStreamInfo("BRIEF").getStreamState().getMsgCount() == 0);
    }
    try (var empty = NatsServer.start();
        var bus = connect(empty.url())) {
      var restored = restore(bus, old, ALL).getFirst();

      assertThat(restored.differences()).isEmpty();
      assertThat(restored.expired()).isPositive();
      assertThat(restored.expired() + restored.verified()).isEqualTo(10);
    }
  }

  @Test
  void tellsHowFarItIs() throws Exception {
    var steps = EnumSet.noneOf(Step.class);
    BackupProgress progress =
        (stream, step, done, total) -> {
          assertThat(done).as("%s of %s", step, stream).isBetween(0L, total);
          steps.add(step);
        };
    try (var source = connect(nats.url());
        var empty = NatsServer.start();
        var bus = connect(empty.url())) {
      Path told = directory.resolve("told");
      source.backups().save(told, Set.of(), progress);
      bus.backups().restore(told, ALL, progress, stream -> {});
    }
    assertThat(steps).containsExactlyInAnyOrder(Step.values());
  }
}
