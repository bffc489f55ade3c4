package io.bodybroker.sdk.internal;

import io.nats.client.impl.NatsServerPool;
import io.nats.client.support.NatsUri;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one connection, with the name under which the one is known that is tried now.
 * jnats turns a name into addresses and tries each of them, with a handshake, which finds one that
 * works though another hangs; but it tells the socket the address alone, and a certificate is for
 * the name. (Its way that keeps the name, {@code HappyEyeballs}, stays with the first address that
 * accepts a TCP connection, which one that hangs does.)
 *
 * <p>For one connection: jnats asks for the next server, then for its addresses, then tries those.
 */
public final class NamedServers extends NatsServerPool {
  private volatile @Nullable String name;

  @Override
  public @Nullable NatsUri nextServer() {
    NatsUri next = super.nextServer();
    name = next == null ? null : next.getHost();
    return next;
  }

  /** The host of the one that is tried now, a name or an address; null before the first. */
  @Nullable String name() {
    return name;
  }
}
