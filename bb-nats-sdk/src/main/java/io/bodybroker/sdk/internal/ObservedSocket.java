package io.bodybroker.sdk.internal;

import io.nats.client.Options;
import io.nats.client.impl.SocketDataPortWithWriteTimeout;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The socket of a connection, which tells why it could not be read, and lets nothing through that
 * would end its reader in silence. With TLS 1.3 a server refuses our certificate when we believe
 * that the handshake is over, and jnats keeps to itself what it reads while it connects: it would
 * only say that there was no answer in time. Messages that do not need jnats' queue are written
 * {@linkplain DirectWriter between its own}. The handshake is with the name that was asked for,
 * where jnats would name the address.
 *
 * <p>Made by jnats, by name; hence public.
 */
public final class ObservedSocket extends SocketDataPortWithWriteTimeout {
  private static final Logger LOG = System.getLogger(ObservedSocket.class.getName());

  /** How long a write may take that is under way when the socket is closed. */
  private static final Duration LAST_WRITE = Duration.ofMillis(100);

  /** Fair, so that neither jnats nor {@link SocketWriter} waits for all that the other has. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private final SocketWriter.Sink sink =
      new SocketWriter.Sink() {
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
  private @Nullable DirectWriter directWriter;
  private @Nullable SocketWriter writer;
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
      writer = new SocketWriter("write-" + options.getConnectionName(), turn, sink);
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
      int left = guard.pass(target, offset, count);
      open();
      return left;
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
      SocketWriter ours = writer;
      if (ours != null) {
        ours.heard();
      }
      return pass(target, offset, count);
    } catch (IOException e) {
      Observer present = observer;
      if (present != null) {
        present.readFailed(e);
      }
      throw e;
    }
  }

  /** What comes from the server for us says that what we publish may go past jnats. */
  private void open() {
    DirectWriter direct = directWriter;
    SocketWriter ours = writer;
    if (!isOpen && direct != null && ours != null && guard.hasHeardWanted()) {
      isOpen = true;
      ours.start();
      direct.opens(ours);
    }
  }

  /**
   * Whole messages each time, or parts of them by who has the turn, jnats' and those of our own in
   * turns. What failed may have been written in part, after which nothing can follow.
   */
  @Override
  public void write(byte[] source, int length) throws IOException {
    boolean isWritten = false;
    turn.lock();
    try {
      super.write(source, length);
      isWritten = true;
      SocketWriter ours = writer;
      if (ours != null) {
        ours.wrote(length);
      }
    } finally {
      if (!isWritten) {
        closeQuietly();
      }
      turn.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    DirectWriter direct = directWriter;
    SocketWriter ours = writer;
    if (direct != null && ours != null) {
      direct.closes(ours);
      ours.close();
    }
    boolean hasTurn = tryLastTurn();
    try {
      if (!hasTurn) {
        endWrite();
      }
      super.close();
    } finally {
      if (hasTurn) {
        turn.unlock();
      }
    }
  }

  private boolean tryLastTurn() {
    try {
      return turn.tryLock(LAST_WRITE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * TLS says goodbye to the other side when it is closed, and would wait for whoever writes, who
   * may wait for a server that does not read. It does not if the socket is not to linger.
   */
  private void endWrite() {
    try {
      if (socket != null) {
        socket.setSoLinger(true, 0);
      }
    } catch (SocketException e) {
      LOG.log(Level.DEBUG, "a socket that was closed already", e);
    }
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a socket that could not be written to", e);
    }
  }
}
