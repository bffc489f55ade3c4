package io.bodybroker.sdk.internal;

import io.nats.client.Options;
import io.nats.client.impl.SocketDataPortWithWriteTimeout;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;
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
  private static final Logger LOG = System.getLogger(ObservedSocket.class.getName());

  private final ReentrantLock turnToWrite = new ReentrantLock();
  private final SocketWriter.Sink sink =
      new SocketWriter.Sink() {
        @Override
        public boolean tryTurn() {
          return turnToWrite.tryLock();
        }

        @Override
        public void takeTurn() {
          turnToWrite.lock();
        }

        @Override
        public void endTurn() {
          turnToWrite.unlock();
        }

        @Override
        public void write(byte[] bytes, int length) throws IOException {
          ObservedSocket.this.write(bytes, length);
        }

        @Override
        public void close() {
          closeQuietly();
        }
      };

  private HeaderGuard guard = new HeaderGuard(new Deliveries());
  private DirectWriter directWriter = new DirectWriter();
  private SocketWriter writer = new SocketWriter("write", sink);
  private boolean isOpen;
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
    if (options.getErrorListener() instanceof DirectWriter.Holder holder) {
      directWriter = holder.directWriter();
      writer = new SocketWriter(options.getConnectionName() + " write", sink);
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
      if (count <= 0) {
        return count;
      }
      writer.heard();
      int left = pass(target, offset, count);
      if (!isOpen && guard.hasHeardWanted()) {
        isOpen = true;
        directWriter.opens(writer);
      }
      return left;
    } catch (IOException e) {
      Observer present = observer;
      if (present != null) {
        present.readFailed(e);
      }
      throw e;
    }
  }

  /** Whole messages each time, jnats' and those of our own in turns. */
  @Override
  public void write(byte[] source, int length) throws IOException {
    turnToWrite.lock();
    try {
      super.write(source, length);
    } finally {
      turnToWrite.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    directWriter.closes(writer);
    writer.close();
    super.close();
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a socket that could not be written to", e);
    }
  }
}
