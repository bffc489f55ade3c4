package io.bodybroker.sdk.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * The changes of a fast store that are committed and not yet published: each was appended by the
 * very write that made it, and stays until it is {@linkplain #remove removed}.
 *
 * <p>They lie in {@value FastNames#PARTITIONS} partitions, in the order of their writes; all
 * changes of one key are in one partition. Thread-safe.
 *
 * @param <T> the document
 */
public final class Outbox<T extends Message> {
  private static final byte[] FIRST = bytes("-");
  private static final byte[] LAST = bytes("+");

  private static final RedisScript LEASE =
      new RedisScript(
          """
          local owner = redis.call('GET', KEYS[1])
          if owner and owner ~= ARGV[1] then return 0 end
          redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
          return 1
          """);
  private static final RedisScript RELEASE =
      new RedisScript(
          """
          if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
          return 1
          """);

  private final RedisConnections connections;
  private final FastNames names;
  private final DocumentCodec<T> codec;

  Outbox(RedisConnections connections, FastNames names, DocumentCodec<T> codec) {
    this.connections = connections;
    this.names = names;
    this.codec = codec;
  }

  /**
   * A change that waits to be published.
   *
   * @param partition where it lies
   * @param id its place there: it was appended after those with lower ids
   * @param change what was committed
   */
  public record Pending<T extends Message>(int partition, String id, Change<T> change) {}

  /** The store's name. */
  public String name() {
    return names.store();
  }

  /**
   * The first pending changes of each partition that has some, in their order there. One round trip
   * to each shard.
   *
   * @param most how many of each partition
   */
  public List<List<Pending<T>>> pending(int most) {
    return connections.read(jedis -> {
      var answers = new ArrayList<Response<List<Object>>>();
      try (var pipeline = jedis.pipelined()) {
        for (int partition = 0; partition < FastNames.PARTITIONS; partition++) {
          answers.add(pipeline.xrange(names.pending(partition), FIRST, LAST, most));
        }
        pipeline.sync();
      }
      var found = new ArrayList<List<Pending<T>>>();
      for (int partition = 0; partition < answers.size(); partition++) {
        var changes = read(partition, answers.get(partition).get());
        if (!changes.isEmpty()) {
          found.add(changes);
        }
      }
      return found;
    });
  }

  private List<Pending<T>> read(int partition, List<Object> entries) {
    return entries.stream().map(entry -> pending(partition, (List<?>) entry)).toList();
  }

  /** An entry is its id and then names and values in turn. */
  private Pending<T> pending(int partition, List<?> entry) {
    List<?> fields = (List<?>) Objects.requireNonNull(entry.get(1), "fields");
    Map<String, byte[]> values = new HashMap<>();
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      values.put(text(fields.get(i)), (byte[]) fields.get(i + 1));
    }
    byte[] document = values.get("document");
    var change =
        codec.change(
            new Entry(
                text(field(values, "key")),
                document == null ? ByteString.EMPTY : ByteString.copyFrom(document),
                document == null,
                Long.parseLong(text(field(values, "version"))),
                Entry.UNCONDITIONAL,
                ""));
    return new Pending<>(partition, text(entry.get(0)), change);
  }

  /**
   * Those of a partition from one place to another, both included, that are still there.
   *
   * @param first the id of the first one
   * @param last the id of the last one
   */
  public List<Pending<T>> between(int partition, String first, String last) {
    return connections.read(jedis ->
        read(partition, jedis.xrange(names.pending(partition), bytes(first), bytes(last))));
  }

  /**
   * Removes what is published; harmless if it is gone.
   *
   * @param published of one partition
   */
  public void remove(List<Pending<T>> published) {
    if (published.isEmpty()) {
      return;
    }
    byte[] key = names.pending(published.getFirst().partition());
    byte[][] ids = published.stream().map(pending -> bytes(pending.id())).toArray(byte[][]::new);
    var unused = connections.write(jedis -> jedis.xdel(key, ids), removed -> true);
  }

  /** How many changes wait. One round trip to each shard. */
  public long size() {
    return connections.read(jedis -> {
      var answers = new ArrayList<Response<Long>>();
      try (var pipeline = jedis.pipelined()) {
        for (int partition = 0; partition < FastNames.PARTITIONS; partition++) {
          answers.add(pipeline.xlen(names.pending(partition)));
        }
        pipeline.sync();
      }
      return answers.stream().mapToLong(Response::get).sum();
    });
  }

  /**
   * Takes or renews the right to publish the changes. It only keeps others from trying in vain: one
   * whose term is over without its knowledge may still publish.
   *
   * @param owner who asks; nobody else may have the same
   * @param term how long it has it
   * @return whether it has it
   */
  public boolean lease(String owner, Duration term) {
    var arguments = List.of(bytes(owner), bytes(Long.toString(term.toMillis())));
    return connections.write(jedis -> run(jedis, LEASE, arguments), answer -> true) == 1L;
  }

  /** Gives the right back, if this one has it, so that another need not wait. */
  public void release(String owner) {
    var unused =
        connections.write(jedis -> run(jedis, RELEASE, List.of(bytes(owner))), answer -> true);
  }

  private Long run(UnifiedJedis jedis, RedisScript script, List<byte[]> arguments) {
    return (Long) Objects.requireNonNull(script.run(jedis, List.of(names.relay()), arguments));
  }

  private static byte[] field(Map<String, byte[]> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static String text(Object field) {
    return new String((byte[]) field, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
