package io.bodybroker.sdk.store;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * A {@link Backend} on Redis, alone or a cluster: a hash for each document, written by {@link
 * WriteScript}.
 *
 * <p>Reads go to the primary, so they see every acknowledged write; but Redis replicates after it
 * has acknowledged, so a failover can lose the last writes. That is what the durable store is for.
 *
 * <p>A list walks all keys of all shards, those of other stores too: fine for a few hundred
 * thousand, not for each request.
 */
final class FastBackend implements Backend {
  private static final int SCAN_BATCH = 1000;
  private static final byte[][] FIELDS = {
    bytes("document"), bytes("version"), bytes("writer"), bytes("replaced")
  };

  private final RedisConnections connections;
  private final FastNames names;
  private final WriteScript script;
  private final Duration rescan;
  private final OpenWatches watches;

  /**
   * @param rescan how often a watch looks for what no announcement tells, such as expiry
   */
  FastBackend(
      RedisConnections connections,
      FastNames names,
      WriteScript script,
      Duration rescan,
      OpenWatches watches) {
    this.connections = connections;
    this.names = names;
    this.script = script;
    this.rescan = rescan;
    this.watches = watches;
  }

  @Override
  public String name() {
    return names.store();
  }

  @Override
  public Optional<Entry> read(String key) {
    return connections.read(jedis -> entry(key, jedis.hmget(names.document(key), FIELDS)));
  }

  @Override
  public Outcome write(Write write) {
    // A refusal may be because of our own first try, if somebody has written since.
    return connections.write(
        jedis -> script.run(jedis, write), outcome -> outcome instanceof Outcome.Written);
  }

  @Override
  public List<Entry> list(String prefix) {
    var pattern = names.pattern(prefix);
    return connections.read(jedis -> list(jedis, pattern));
  }

  /** A scan may tell a name twice, and one that is gone by now. */
  private List<Entry> list(UnifiedJedis jedis, String pattern) {
    var found = new TreeSet<String>();
    var scan = jedis.scanIteration(SCAN_BATCH, pattern);
    while (!scan.isIterationCompleted()) {
      found.addAll(scan.nextBatch().getResult());
    }
    Map<String, Response<List<byte[]>>> answers = new HashMap<>();
    try (var pipeline = jedis.pipelined()) {
      for (String name : found) {
        var key = names.key(name);
        answers.put(key, pipeline.hmget(names.document(key), FIELDS));
      }
      pipeline.sync();
    }
    return answers.entrySet().stream()
        .flatMap(answer -> entry(answer.getKey(), answer.getValue().get()).stream())
        .filter(Entry::isLive)
        .toList();
  }

  @Override
  public Watch watch(Scope scope, Consumer<Entry> listener) {
    return watches.start(
        new FastWatch(this, connections, names.channel(), scope, rescan, listener));
  }

  private static Optional<Entry> entry(String key, List<byte[]> fields) {
    byte @Nullable [] document = fields.get(0);
    byte @Nullable [] version = fields.get(1);
    if (version == null) {
      return Optional.empty();
    }
    var content = document == null ? ByteString.EMPTY : ByteString.copyFrom(document);
    return Optional.of(
        new Entry(
            key,
            content,
            document == null,
            number(version),
            number(fields.get(3)),
            text(fields.get(2))));
  }

  private static long number(byte @Nullable [] field) {
    return field == null ? Entry.UNCONDITIONAL : Long.parseLong(text(field));
  }

  private static String text(byte @Nullable [] field) {
    return field == null ? "" : new String(field, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
