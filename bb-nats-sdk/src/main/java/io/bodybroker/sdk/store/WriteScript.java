package io.bodybroker.sdk.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Every write of a fast store: compare, set, expire and announce in one round trip, on one key, so
 * it works in a cluster.
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

  private static final String LUA =
      """
      local found = redis.call('HMGET', KEYS[1], 'version', 'writer', 'document')
      local version, writer, document = found[1] or '0', found[2], found[3]
      if writer == ARGV[2] then return version end
      if ARGV[1] == 'absent' then
        if document then return false end
      elseif ARGV[1] ~= 'any' and ARGV[1] ~= version then
        return false
      end
      local clock = redis.call('TIME')
      local now = clock[1] * 1000000 + clock[2]
      local next = string.format('%.0f', math.max(now, version + 1))
      if ARGV[6] then
        redis.call('HSET', KEYS[1], 'document', ARGV[6])
      else
        redis.call('HDEL', KEYS[1], 'document')
      end
      redis.call('HSET', KEYS[1], 'version', next, 'writer', ARGV[2], 'replaced', version)
      redis.call('PEXPIRE', KEYS[1], ARGV[3])
      redis.call('PUBLISH', ARGV[4], ARGV[5])
      return next
      """;

  private static final byte[] SOURCE = bytes(LUA);
  private static final byte[] DIGEST = bytes(sha1(SOURCE));

  private final FastNames names;
  private final byte[] timeToLive;
  private final byte[] deletionMark;

  WriteScript(FastNames names, Duration timeToLive) {
    this.names = names;
    this.timeToLive = bytes(Long.toString(timeToLive.toMillis()));
    this.deletionMark = bytes(Long.toString(DELETION_MARK.toMillis()));
  }

  Outcome run(UnifiedJedis jedis, Write write) {
    var keys = List.of(names.document(write.key()));
    var arguments = arguments(write);
    var answer = (byte[]) evaluate(jedis, keys, arguments);
    return answer == null
        ? new Outcome.Refused()
        : new Outcome.Written(Long.parseLong(new String(answer, StandardCharsets.US_ASCII)));
  }

  /** By digest; with the source when the server does not know it, after its start or a flush. */
  private static @Nullable Object evaluate(
      UnifiedJedis jedis, List<byte[]> keys, List<byte[]> arguments) {
    try {
      return jedis.evalsha(DIGEST, keys, arguments);
    } catch (JedisNoScriptException e) {
      return jedis.eval(SOURCE, keys, arguments);
    }
  }

  private List<byte[]> arguments(Write write) {
    var arguments = new ArrayList<byte[]>();
    arguments.add(bytes(expectation(write.expected())));
    arguments.add(bytes(write.id()));
    arguments.add(write.deletion() ? deletionMark : timeToLive);
    arguments.add(bytes(names.channel()));
    arguments.add(bytes(write.key()));
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

  private static String sha1(byte[] source) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
