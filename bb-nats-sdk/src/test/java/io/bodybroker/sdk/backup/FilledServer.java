package io.bodybroker.sdk.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a system has after a while, made and looked at without the SDK. */
final class FilledServer implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final Connection connection;
  private final JetStreamManagement management;

  FilledServer(String url) throws Exception {
    this.connection = Nats.connect(url);
    this.management =
        connection.jetStreamManagement(JetStreamOptions.builder().requestTimeout(BOUND).build());
  }

  Connection connection() {
    return connection;
  }

  JetStreamManagement management() {
    return management;
  }

  /** Documents with gaps in their revisions, events half-way, work, dead letters. */
  void fill(int replicas) throws Exception {
    connection
        .keyValueManagement()
        .create(
            KeyValueConfiguration.builder()
                .name("players")
                .maxHistoryPerKey(2)
                .replicas(replicas)
                .build());
    var players = connection.keyValue("players");
    for (int i = 0; i < 300; i++) {
      players.put("player-" + i % 20, ("gold " + i).getBytes(UTF_8));
    }
    players.delete("player-3");
    players.purge("player-4");
    stream("GAME", "evt.game.>", RetentionPolicy.Limits, replicas);
    publish("evt.game.scored.v1", 700);
    consume("GAME", "scores", 100, 50);
    consume("GAME", "audit", 700, 0);
    consume("GAME", "idle", 0, 0);
    stream("WORK", "evt.work.>", RetentionPolicy.WorkQueue, replicas);
    publish("evt.work.step.v1", 60);
    consume("WORK", "worker", 25, 5);
    stream("DLQ", "dlq.>", RetentionPolicy.Limits, replicas);
    publish("dlq.game.scores", 40);
    management.deleteMessage("DLQ", 7);
  }

  void stream(String name, String subject, RetentionPolicy retention, int replicas)
      throws Exception {
    management.addStream(
        StreamConfiguration.builder()
            .name(name)
            .subjects(subject)
            .retentionPolicy(retention)
            .storageType(StorageType.File)
            .allowDirect(true)
            .maxAge(Duration.ofDays(1))
            .replicas(replicas)
            .build());
  }

  void publish(String subject, int count) throws Exception {
    var published = new ArrayList<java.util.concurrent.CompletableFuture<?>>();
    for (int i = 0; i < count; i++) {
      var headers = new Headers().put("Bb-Request-Id", "request " + i).put("many", "a", "b");
      byte[] payload = {(byte) i, (byte) 0xff, 0, '\r', '\n'};
      published.add(connection.jetStream().publishAsync(subject, headers, payload));
    }
    for (var one : published) {
      one.get();
    }
  }

  private void consume(String stream, String durable, int acknowledged, int open) throws Exception {
    management.addOrUpdateConsumer(
        stream,
        ConsumerConfiguration.builder()
            .durable(durable)
            .ackPolicy(AckPolicy.Explicit)
            .ackWait(Duration.ofMinutes(5))
            .build());
    var subscription =
        connection.jetStream().subscribe(null, PullSubscribeOptions.bind(stream, durable));
    int taken = 0;
    while (taken < acknowledged + open) {
      for (var message : subscription.fetch(acknowledged + open - taken, BOUND)) {
        if (taken++ < acknowledged) {
          message.ackSync(BOUND);
        }
      }
    }
    subscription.unsubscribe();
  }

  /** Everything there is, in words that can be compared. */
  Map<String, List<String>> all() throws Exception {
    var all = new TreeMap<String, List<String>>();
    for (String stream : management.getStreamNames()) {
      all.put(stream, messages(stream));
      all.put(stream + " consumers", consumers(stream));
    }
    return all;
  }

  private List<String> messages(String stream) throws Exception {
    var state = management.getStreamInfo(stream).getStreamState();
    var messages = new ArrayList<String>();
    messages.add("%d to %d".formatted(state.getFirstSequence(), state.getLastSequence()));
    for (long sequence = state.getFirstSequence();
        sequence <= state.getLastSequence() && state.getMsgCount() >= messages.size();
        sequence = messages.size() > state.getMsgCount() ? Long.MAX_VALUE : sequence + 1) {
      MessageInfo message = management.getNextMessage(stream, sequence, ">");
      sequence = message.getSeq();
      messages.add(
          "%d %s %s %s %s"
              .formatted(
                  sequence,
                  message.getTime(),
                  message.getSubject(),
                  headers(message),
                  Arrays.toString(message.getData())));
    }
    return messages;
  }

  /** How many have all of a stream, besides its leader. */
  long currentReplicas(String stream) throws Exception {
    var cluster = Objects.requireNonNull(management.getStreamInfo(stream).getClusterInfo());
    return Objects.requireNonNull(cluster.getReplicas()).stream()
        .filter(replica -> replica.isCurrent())
        .count();
  }

  private static Map<String, List<String>> headers(MessageInfo message) {
    var headers = new TreeMap<String, List<String>>();
    var found = message.getHeaders();
    if (found != null) {
      found.forEach(headers::put);
    }
    return headers;
  }

  private List<String> consumers(String stream) throws Exception {
    return management.getConsumers(stream).stream().map(FilledServer::position).sorted().toList();
  }

  private static String position(ConsumerInfo info) {
    return "%s delivered %d/%d floor %d/%d open %d pending %d"
        .formatted(
            info.getName(),
            info.getDelivered().getStreamSequence(),
            info.getDelivered().getConsumerSequence(),
            info.getAckFloor().getStreamSequence(),
            info.getAckFloor().getConsumerSequence(),
            info.getNumAckPending(),
            info.getNumPending());
  }

  @Override
  public void close() throws Exception {
    connection.close();
  }
}
