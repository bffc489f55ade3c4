package io.bodybroker.gateway.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * HTTP/1.1 whose clients cannot make us keep more than a body may have. Helidon reads a chunk of a
 * body as a whole before it hands on any of it, and looks for the end of the line with its size
 * without a limit; its own {@code maxPayloadSize} would end the connection of each client whose
 * body is too long, before that has read why.
 *
 * @param http1 does all else
 * @param limit of a body, in bytes
 */
record BoundedChunks(ServerConnectionSelector http1, int limit)
    implements ServerConnectionSelector {
  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http1.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return http1.connection(new Bounded(context, new Reader(context.dataReader(), limit)));
  }

  /** Reads what another reader has. */
  private static final class Reader extends DataReader {
    /** A size and its extensions, which nobody sends. */
    private static final int LONGEST_LINE = 1024;

    /** One more than a body may have tells that it is too long. */
    private final int most;

    @SuppressWarnings("removal") // Helidon means it to be made by its factory, which bounds nothing
    Reader(DataReader source, int limit) {
      super(() -> {
        try {
          source.ensureAvailable();
        } catch (InsufficientDataAvailableException e) {
          return null; // the end
        }
        return source.readBytes(source.available());
      });
      this.most = limit + 1;
    }

    /** Of a chunk that alone is too long, the rest is passed over as it comes. */
    @Override
    public BufferData readBuffer(int length) {
      BufferData kept = super.readBuffer(Math.min(length, most));
      for (int rest = length - most; rest > 0; ) {
        ensureAvailable();
        int some = Math.min(available(), rest);
        skip(some);
        rest -= some;
      }
      return kept;
    }

    @Override
    public String readLine() {
      int end = findNewLine(LONGEST_LINE);
      if (end == LONGEST_LINE) {
        throw TransportProblems.chunkWithoutSize(null);
      }
      String line = readAsciiString(end);
      skip(2); // CR LF
      return line;
    }
  }

  /** A connection that is read by another reader. */
  private record Bounded(ConnectionContext connection, DataReader dataReader)
      implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
      return connection.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return connection.executor();
    }

    @Override
    public DataWriter dataWriter() {
      return connection.dataWriter();
    }

    @Override
    public Router router() {
      return connection.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
      return connection.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
      return connection.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
      return connection.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      return connection.localPeer();
    }

    @Override
    public boolean isSecure() {
      return connection.isSecure();
    }

    @Override
    public String socketId() {
      return connection.socketId();
    }

    @Override
    public String childSocketId() {
      return connection.childSocketId();
    }
  }
}
