package io.bodybroker.sdk.internal;

import io.nats.client.Options;
import io.nats.client.impl.SocketDataPortWithWriteTimeout;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The socket of a connection, which tells why it could not be read, and lets nothing through that
 * would end its reader in silence. With TLS 1.3 a server refuses our certificate when we believe
 * that the handshake is over, and jnats keeps to itself what it reads while it connects: it would
 * only say that there was no answer in time. Its handshake is with the name that was asked for,
 * where jnats would name the address.
 *
 * <p>Made by jnats, by name; hence public.
 */
public final class ObservedSocket extends SocketDataPortWithWriteTimeout {
  private HeaderGuard guard = new HeaderGuard(new Deliveries());
  private @Nullable Observer observer;
  private @Nullable String name;

  /** An error listener that wants to know. */
  public interface Observer {
    /** On the thread that reads; whether the connection survives it is for others to decide. */
    void readFailed(IOException failure);
  }

  /** For jnats. */
  public ObservedSocket() {}

  @Override
  public void afterConstruct(Options options) {
    super.afterConstruct(options);
    if (options.getErrorListener() instanceof Observer listener) {
      observer = listener;
    }
    if (options.getErrorListener() instanceof Deliveries.Holder holder) {
      guard = new HeaderGuard(holder.deliveries());
    }
    if (options.getServerPool() instanceof NamedServers servers) {
      // Made anew for each try, after its server was chosen.
      name = servers.name();
    }
  }

  @Override
  public void upgradeToSecure() throws IOException {
    String asked = name;
    if (asked != null) {
      host = asked;
    }
    super.upgradeToSecure();
  }

  /**
   * jnats' reader ends in silence on what is no {@code IOException}, and its connection stays up.
   */
  private int pass(byte[] target, int offset, int count) throws IOException {
    try {
      return guard.pass(target, offset, count);
    } catch (RuntimeException | Error e) {
      throw new IOException("what was read could not be followed", e);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      int count = super.read(target, offset, length);
      return count > 0 ? pass(target, offset, count) : count;
    } catch (IOException e) {
      Observer present = observer;
      if (present != null) {
        present.readFailed(e);
      }
      throw e;
    }
  }
}
