package io.bodybroker.sdk.store;

import io.bodybroker.sdk.security.TlsClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisURIHelper;
import redis.clients.jedis.util.Pool;

/**
 * Where Redis is and how to talk to it; makes Jedis clients for that. A client for a cluster
 * connects when it is made.
 */
final class RedisClients {
  /** One try, one after a redirection, and one after a node was found to be gone. */
  private static final int CLUSTER_ATTEMPTS = 3;

  private final List<URI> nodes;
  private final boolean cluster;
  private final Duration timeout;
  private final Optional<TlsClient> tls;

  /** As {@link FastStores#FastStores} has it. */
  RedisClients(String url, boolean cluster, Duration timeout, Supplier<TlsClient> tls) {
    this.nodes = Arrays.stream(url.split(",")).map(String::strip).map(RedisClients::parse).toList();
    this.cluster = cluster;
    this.timeout = timeout;
    boolean secure = JedisURIHelper.isRedisSSLScheme(nodes.getFirst());
    this.tls = secure ? Optional.of(tls.get()) : Optional.empty();
    if (!cluster && nodes.size() != 1) {
      throw new IllegalArgumentException(
          "Redis URL: " + nodes.size() + " nodes (expected: one, unless it is a cluster)");
    }
  }

  /** A client with a pool for commands, each of which is bounded by the timeout. */
  UnifiedJedis commands(int connections) {
    var pool = pool(connections);
    pool.setMaxIdle(connections);
    return client(pool, config().build());
  }

  /**
   * A client for subscriptions, each on a connection of its own that is closed after use, for it
   * cannot be trusted to be clean.
   *
   * @param silence after so long without a sign of life a subscription ends with an exception
   */
  UnifiedJedis subscriptions(Duration silence) {
    var pool = pool(-1);
    pool.setMaxIdle(0);
    return client(pool, config().blockingSocketTimeoutMillis(millis(silence)).build());
  }

  /** Drops idle connections, which are as dead as the one that just failed. */
  static void dropIdle(UnifiedJedis jedis) {
    switch (jedis) {
      case RedisClient standalone -> standalone.getPool().clear();
      case RedisClusterClient cluster -> cluster.getClusterNodes().values().forEach(Pool::clear);
      default -> throw new IllegalStateException("unknown client " + jedis.getClass());
    }
  }

  private UnifiedJedis client(ConnectionPoolConfig pool, JedisClientConfig config) {
    var addresses = nodes.stream().map(JedisURIHelper::getHostAndPort).collect(Collectors.toSet());
    if (!cluster) {
      return RedisClient.builder()
          .hostAndPort(addresses.iterator().next())
          .clientConfig(config)
          .poolConfig(pool)
          .build();
    }
    return RedisClusterClient.builder()
        .nodes(addresses)
        .clientConfig(config)
        .poolConfig(pool)
        .maxAttempts(CLUSTER_ATTEMPTS)
        .maxTotalRetriesDuration(timeout)
        .build();
  }

  private ConnectionPoolConfig pool(int connections) {
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(connections);
    pool.setMinIdle(0);
    pool.setMaxWait(timeout);
    pool.setJmxEnabled(false);
    return pool;
  }

  /**
   * RESP2, because nothing here needs RESP3 and its handshake is one more round trip for each
   * connection; and no introduction (CLIENT SETINFO), on which a server that hangs costs one
   * timeout before the one of the command.
   */
  @SuppressWarnings("deprecation") // what shall replace sslSocketFactory takes no trust manager
  private DefaultJedisClientConfig.Builder config() {
    var uri = nodes.getFirst();
    var config =
        DefaultJedisClientConfig.builder()
            .resp2()
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .connectionTimeoutMillis(millis(timeout))
            .socketTimeoutMillis(millis(timeout))
            .user(JedisURIHelper.getUser(uri))
            .password(JedisURIHelper.getPassword(uri));
    // What is refused comes back as the cause of Jedis' exception: see RedisErrors.
    tls.ifPresent(client -> config.ssl(true).sslSocketFactory(client.sockets(refused -> {})));
    return cluster ? config : config.database(JedisURIHelper.getDBIndex(uri));
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }

  /** Never repeats the URL in a message: it may hold a password. */
  private static URI parse(String url) {
    try {
      var uri = new URI(url);
      boolean scheme = JedisURIHelper.isRedisScheme(uri) || JedisURIHelper.isRedisSSLScheme(uri);
      if (scheme && JedisURIHelper.isValid(uri)) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "Redis URL is no URL: " + e.getReason() + " at character " + e.getIndex());
    }
    throw new IllegalArgumentException(
        "Redis URL (expected: redis://host:port or rediss://host:port)");
  }
}
