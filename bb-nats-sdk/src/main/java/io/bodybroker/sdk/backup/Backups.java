package io.bodybroker.sdk.backup;

import io.bodybroker.sdk.backup.BackupProgress.Step;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamInfo;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Saves streams, with their consumers, into a directory and restores them from it, so that
 * sequences, revisions, times and positions are as they were.
 *
 * <p>Each stream is consistent in itself: its snapshot is the server's own. Streams are saved one
 * after the other, and everything but the redriving of dead letters may go on meanwhile: positions
 * of feeds first, then events with their consumers, dead letters, and buckets last. So what happens
 * in between happens again after a restore: consumers get events again whose effects are there, and
 * feeds publish the events that are not. Who needs streams to agree to the message stops the
 * writers first.
 *
 * <p>What is saved is compared with what is there when it is restored: each message by its sequence
 * and a hash, each durable consumer by its position.
 *
 * <p>Thread-safe. An interrupt ends the work with {@code CANCELLED}; a backup is then without a
 * manifest, and recognised as interrupted.
 */
public final class Backups {
  /** Of one answer: a server under load, or one that elects a leader, may need some time. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final JetStreamApi api;
  private final ServerStreams server;
  private final SnapshotProtocol snapshots;
  private final FingerprintReader reader;
  private final InstantSource clock;

  /**
   * @param storing the connection of the {@code STORE} role; asked for when it is needed
   * @param clock dates the backup, and tells what has expired
   */
  public Backups(Supplier<SupervisedConnection> storing, InstantSource clock) {
    this.api = new JetStreamApi(() -> storing.get().require(), PATIENCE);
    this.server = new ServerStreams(api);
    this.snapshots = new SnapshotProtocol(api);
    this.reader = new FingerprintReader(api);
    this.clock = clock;
  }

  /**
   * Saves streams.
   *
   * @param directory where to; empty or not there yet
   * @param only names of streams; empty means all there are
   * @param progress hears how far it is
   * @return what was saved
   * @throws ServiceException {@code FAILED_PRECONDITION} if the directory is not empty, {@code
   *     NOT_FOUND} if there is no stream of a name, {@code UNAVAILABLE} if JetStream is away
   * @throws UncheckedIOException if a file cannot be written, naming it
   */
  public BackupManifest save(Path directory, Set<String> only, BackupProgress progress) {
    var files = new BackupFiles(directory);
    Set<String> found = server.names();
    requireAll(only, found, "stream");
    files.begin();
    Instant at = clock.instant();
    var saved = new ArrayList<StreamBackup>();
    var skipped = new ArrayList<String>();
    for (StreamInfo stream : server.infos(SaveOrder.of(only.isEmpty() ? found : only))) {
      if (stream.getConfiguration().getStorageType() == StorageType.Memory) {
        skipped.add(stream.getConfiguration().getName());
      } else {
        saved.add(save(files, stream, progress));
      }
    }
    saved.sort(Comparator.comparing(StreamBackup::name));
    var manifest =
        new BackupManifest(
            api.connection().getServerInfo().getVersion(), at, !only.isEmpty(), saved, skipped);
    files.writeManifest(manifest);
    return manifest;
  }

  private StreamBackup save(BackupFiles files, StreamInfo stream, BackupProgress progress) {
    String name = stream.getConfiguration().getName();
    long about = stream.getStreamState().getByteCount();
    progress.progressed(name, Step.SAVING, 0, about);
    Map<String, ConsumerInfo> before = server.durableConsumers(name);
    var answer = new AtomicReference<>(JsonValue.EMPTY_MAP);
    BackupFile snapshot =
        files.write(
            BackupFiles.snapshotOf(name),
            to ->
                answer.set(
                    snapshots.save(
                        name,
                        to,
                        bytes ->
                            progress.progressed(
                                name, Step.SAVING, bytes, Math.max(bytes, about)))));
    Map<String, ConsumerInfo> after = server.durableConsumers(name);
    JsonValue state = JsonValueUtils.readObject(answer.get(), "state");
    long last = JsonValueUtils.readLong(state, "last_seq", 0);
    // What is still there was there when the snapshot began, so it is in it.
    List<Fingerprint> fingerprints =
        reader.read(
            name, 1, last, sequence -> progress.progressed(name, Step.READING, sequence, last));
    return new StreamBackup(
        name,
        JsonValueUtils.readObject(answer.get(), "config").toJson(),
        state.toJson(),
        JsonValueUtils.readLong(state, "messages", 0),
        JsonValueUtils.readLong(state, "first_seq", 0),
        last,
        fingerprints.size(),
        positions(before, after),
        snapshot,
        files.writeFingerprints(name, fingerprints));
  }

  /** Those that were there before and after. */
  private static List<ConsumerPosition> positions(
      Map<String, ConsumerInfo> before, Map<String, ConsumerInfo> after) {
    return before.values().stream()
        .filter(info -> after.containsKey(info.getName()))
        .map(info -> {
          ConsumerInfo later = after.getOrDefault(info.getName(), info);
          return new ConsumerPosition(
              info.getName(),
              info.getAckFloor().getStreamSequence(),
              later.getAckFloor().getStreamSequence(),
              info.getDelivered().getStreamSequence(),
              later.getDelivered().getStreamSequence(),
              info.getNumAckPending());
        })
        .toList();
  }

  /**
   * Checks that a backup is whole: each file is there and has the hash that it was written with.
   * Needs no server.
   *
   * @throws ServiceException {@code NOT_FOUND} if there is no backup; {@code FAILED_PRECONDITION}
   *     if it was interrupted or a file is damaged, naming each
   */
  public static BackupManifest verify(Path directory, BackupProgress progress) {
    var files = new BackupFiles(directory);
    BackupManifest manifest = files.manifest();
    check(files, manifest.streams(), progress);
    return manifest;
  }

  private static void check(
      BackupFiles files, List<StreamBackup> streams, BackupProgress progress) {
    var damages = new ArrayList<String>();
    for (StreamBackup stream : streams) {
      for (BackupFile file : List.of(stream.snapshot(), stream.fingerprints())) {
        String damage =
            files.damage(
                file,
                bytes ->
                    progress.progressed(
                        stream.name(), Step.CHECKING, bytes, Math.max(bytes, file.bytes())));
        if (!damage.isEmpty()) {
          damages.add(damage);
        }
      }
    }
    if (!damages.isEmpty()) {
      throw refused("the backup is damaged: " + String.join("; ", damages));
    }
  }

  /**
   * Restores streams. Before anything is done it is checked that the files are whole, that there is
   * no stream of these names, and that no replicas are asked of a server without a cluster. Whether
   * a cluster has enough nodes and room for a stream, the server says when it is made.
   *
   * @param progress hears how far it is
   * @param restored hears of each stream as soon as it is there and was compared. If a later one
   *     fails, those before stay; what is left can be restored alone
   * @return what the backup holds
   * @throws ServiceException as {@link #verify} does; {@code FAILED_PRECONDITION} naming the
   *     streams that exist, or what of the server does not fit; {@code UNAVAILABLE} if JetStream is
   *     away
   */
  public BackupManifest restore(
      Path directory, Restore how, BackupProgress progress, Consumer<RestoredStream> restored) {
    var files = new BackupFiles(directory);
    BackupManifest manifest = files.manifest();
    requireAll(
        how.only(),
        manifest.streams().stream().map(StreamBackup::name).collect(Collectors.toSet()),
        "stream in the backup");
    List<StreamBackup> wanted =
        manifest.streams().stream()
            .filter(stream -> how.only().isEmpty() || how.only().contains(stream.name()))
            .toList();
    check(files, wanted, progress);
    requireNone(wanted);
    wanted.forEach(stream -> requireReplicas(stream, replicas(stream, how)));
    for (StreamBackup stream : wanted) {
      restored.accept(
          how.isDryRun()
              ? new RestoredStream(stream.name(), stream.messages(), 0, 0, 0, List.of())
              : restore(files, stream, replicas(stream, how), progress));
    }
    return manifest;
  }

  private void requireNone(List<StreamBackup> wanted) {
    Set<String> existing = server.names();
    existing.retainAll(wanted.stream().map(StreamBackup::name).toList());
    if (!existing.isEmpty()) {
      throw refused(
          "these streams exist: %s (expected: none of those to be restored)"
              .formatted(String.join(", ", existing)));
    }
  }

  private static long replicas(StreamBackup stream, Restore how) {
    return how.replicas() > 0
        ? how.replicas()
        : JsonValueUtils.readLong(ManifestJson.parse(stream.configuration()), "num_replicas", 1);
  }

  private void requireReplicas(StreamBackup stream, long replicas) {
    String cluster = api.connection().getServerInfo().getCluster();
    if (replicas > 1 && (cluster == null || cluster.isEmpty())) {
      throw refused(
          "stream %s: %d replicas, and the server is not in a cluster (expected: 1, which the option replicas sets)"
              .formatted(stream.name(), replicas));
    }
  }

  private RestoredStream restore(
      BackupFiles files, StreamBackup stream, long replicas, BackupProgress progress) {
    try (InputStream snapshot = files.read(stream.snapshot())) {
      snapshots.restore(
          stream.name(),
          configuration(stream, replicas),
          ManifestJson.parse(stream.state()),
          snapshot,
          bytes ->
              progress.progressed(stream.name(), Step.RESTORING, bytes, stream.snapshot().bytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + stream.snapshot().name() + ": " + e, e);
    }
    long last = server.info(stream.name()).getStreamState().getLastSequence();
    List<Fingerprint> found =
        reader.read(
            stream.name(),
            1,
            last,
            sequence -> progress.progressed(stream.name(), Step.READING, sequence, last));
    return new Comparison(stream, clock.instant()).of(files.fingerprints(stream), found, last, api);
  }

  private static JsonValue configuration(StreamBackup stream, long replicas) {
    var fields = new HashMap<>(ManifestJson.parse(stream.configuration()).map);
    fields.put("num_replicas", new JsonValue(replicas));
    return new JsonValue(fields);
  }

  private static void requireAll(Set<String> wanted, Set<String> found, String what) {
    var unknown = new TreeSet<>(wanted);
    unknown.removeAll(found);
    if (!unknown.isEmpty()) {
      throw ServiceException.of(
          ErrorCode.NOT_FOUND,
          "no %s %s (expected: some of %s)"
              .formatted(what, String.join(", ", unknown), new TreeSet<>(found)));
    }
  }

  private static ServiceException refused(String why) {
    return ServiceException.of(ErrorCode.FAILED_PRECONDITION, why);
  }
}
