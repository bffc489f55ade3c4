package io.bodybroker.sdk.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;

/**
 * Every write of a fast store: compare, set, expire and announce in one round trip, on one key, so
 * it works in a cluster. In a store with an outbox the change is appended to the pending changes of
 * its partition in the same step, on the same shard.
 *
 * <p>An entry is a hash: {@code document}, {@code version}, {@code writer} (the id of the write
 * that made it) and {@code replaced}. One without a document is the mark of a deletion, kept for a
 * minute. A write that comes twice, because its answer was lost, meets its own id and has no second
 * effect.
 *
 * <p>The version is the server's clock in microseconds, or one more than the version before where
 * that is greater. So it goes on rising when a document has expired in between, as long as the
 * clock was not set back by more than the time since.
 */
final class WriteScript {
  static final Duration DELETION_MARK = Duration.ofMinutes(1);

  private static final String ANYTHING = "any";
  private static final String ABSENT = "absent";

  private static final RedisScript SCRIPT =
      new RedisScript(
          """
          local found = redis.call('HMGET', KEYS[1], 'version', 'writer', 'document')
          local version, writer, document = found[1] or '0', found[2], found[3]
          if writer == ARGV[2] then return version end
          if ARGV[1] == 'absent' then
            if document then return false end
          elseif ARGV[1] ~= 'any' and ARGV[1] ~= version then
            return false
          end
          if KEYS[2] and redis.call('XLEN', KEYS[2]) >= tonumber(ARGV[6]) then
            return redis.error_reply('OUTBOXFULL too many changes are not published yet')
          end
          local clock = redis.call('TIME')
          local now = clock[1] * 1000000 + clock[2]
          local next = string.format('%.0f', math.max(now, version + 1))
          if ARGV[7] then
            redis.call('HSET', KEYS[1], 'document', ARGV[7])
          else
            redis.call('HDEL', KEYS[1], 'document')
          end
          redis.call('HSET', KEYS[1], 'version', next, 'writer', ARGV[2], 'replaced', version)
          redis.call('PEXPIRE', KEYS[1], ARGV[3])
          redis.call('PUBLISH', ARGV[4], ARGV[5])
          if KEYS[2] and ARGV[7] then
            redis.call('XADD', KEYS[2], '*', 'key', ARGV[5], 'version', next, 'document', ARGV[7])
          elseif KEYS[2] then
            redis.call('XADD', KEYS[2], '*', 'key', ARGV[5], 'version', next)
          end
          return next
          """);

  private final FastNames names;
  private final byte[] timeToLive;
  private final byte[] deletionMark;
  private final int maxPending;

  private WriteScript(FastNames names, Duration timeToLive, int maxPending) {
    this.names = names;
    this.maxPending = maxPending;
    this.timeToLive = bytes(Long.toString(timeToLive.toMillis()));
    this.deletionMark = bytes(Long.toString(DELETION_MARK.toMillis()));
  }

  /** Writes without an outbox. */
  static WriteScript plain(FastNames names, Duration timeToLive) {
    return new WriteScript(names, timeToLive, 0);
  }

  /**
   * Writes that each leave a pending change.
   *
   * @param maxPending how many a partition may hold; a write beyond that is refused
   */
  static WriteScript withOutbox(FastNames names, Duration timeToLive, int maxPending) {
    return new WriteScript(names, timeToLive, maxPending);
  }

  Outcome run(UnifiedJedis jedis, Write write) {
    var answer = (byte[]) SCRIPT.run(jedis, keys(write.key()), arguments(write));
    return answer == null
        ? new Outcome.Refused()
        : new Outcome.Written(Long.parseLong(new String(answer, StandardCharsets.US_ASCII)));
  }

  private List<byte[]> keys(String key) {
    byte[] document = names.document(key);
    return maxPending == 0
        ? List.of(document)
        : List.of(document, names.pending(FastNames.partition(key)));
  }

  private List<byte[]> arguments(Write write) {
    var arguments = new ArrayList<byte[]>();
    arguments.add(bytes(expectation(write.expected())));
    arguments.add(bytes(write.id()));
    arguments.add(write.deletion() ? deletionMark : timeToLive);
    arguments.add(bytes(names.channel()));
    arguments.add(bytes(write.key()));
    arguments.add(bytes(Integer.toString(maxPending)));
    if (!write.deletion()) {
      arguments.add(write.document().toByteArray());
    }
    return arguments;
  }

  private static String expectation(Expected expected) {
    return switch (expected) {
      case Expected.Anything anything -> ANYTHING;
      case Expected.Absent absent -> ABSENT;
      case Expected.Version version -> Long.toString(version.version());
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
