package io.bodybroker.sdk.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A Lua script that Redis runs as one step. Immutable and thread-safe. */
final class RedisScript {
  private final byte[] source;
  private final byte[] digest;

  RedisScript(String lua) {
    this.source = lua.getBytes(StandardCharsets.UTF_8);
    this.digest = sha1(source).getBytes(StandardCharsets.US_ASCII);
  }

  /** By digest; with the source when the server does not know it, after its start or a flush. */
  @Nullable Object run(UnifiedJedis jedis, List<byte[]> keys, List<byte[]> arguments) {
    try {
      return jedis.evalsha(digest, keys, arguments);
    } catch (JedisNoScriptException e) {
      return jedis.eval(source, keys, arguments);
    }
  }

  private static String sha1(byte[] source) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
