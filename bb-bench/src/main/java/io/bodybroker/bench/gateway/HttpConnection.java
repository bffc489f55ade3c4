package io.bodybroker.bench.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A connection by HTTP/1.1 that is kept, doing as little as can be done: the less the load costs,
 * the more of the machine is left to what is measured. One request at a time.
 */
final class HttpConnection implements AutoCloseable {
  private static final int OK = 200;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private byte[] buffer = new byte[16 * 1024];
  private int position;
  private int limit;
  private int bodyStart;
  private int bodyLength;
  private long lastUsed = System.nanoTime();

  HttpConnection(InetSocketAddress address) throws IOException {
    this.socket = new Socket();
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    socket.connect(address);
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /**
   * Sends a request and reads its answer to the end.
   *
   * @return how long the answer's body is; {@link #body} has it until the next request
   * @throws IOException if the answer is not 200; the connection is then not to be used further
   */
  int exchange(byte[] request) throws IOException {
    out.write(request);
    position = 0;
    limit = 0;
    int headEnd = readHead();
    var head = new String(buffer, 0, headEnd, StandardCharsets.ISO_8859_1);
    bodyStart = headEnd;
    position = headEnd;
    String length = header(head, "content-length:");
    bodyLength =
        length.isEmpty() && header(head, "transfer-encoding:").equals("chunked")
            ? readChunks()
            : readFixed(Integer.parseInt(length));
    if (Integer.parseInt(head, 9, 12, 10) != OK) {
      throw new IOException(head + new String(body(), StandardCharsets.UTF_8));
    }
    lastUsed = System.nanoTime();
    return bodyLength;
  }

  /** For how long nobody has used it. */
  long idleNanos() {
    return System.nanoTime() - lastUsed;
  }

  /** The body of the last answer. */
  byte[] body() {
    return Arrays.copyOfRange(buffer, bodyStart, bodyStart + bodyLength);
  }

  private int readHead() throws IOException {
    int from = 0;
    while (true) {
      for (int i = Math.max(from, 3); i < limit; i++) {
        if (buffer[i] == '\n'
            && buffer[i - 1] == '\r'
            && buffer[i - 2] == '\n'
            && buffer[i - 3] == '\r') {
          return i + 1;
        }
      }
      from = limit;
      fill();
    }
  }

  /** The value of a header, in lower case; empty if it is not there. */
  private static String header(String head, String name) {
    for (int line = head.indexOf('\n'); line >= 0; line = head.indexOf('\n', line + 1)) {
      if (head.regionMatches(true, line + 1, name, 0, name.length())) {
        int end = head.indexOf('\r', line + 1);
        return head.substring(line + 1 + name.length(), end).strip().toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }

  private int readFixed(int length) throws IOException {
    while (limit < position + length) {
      fill();
    }
    return length;
  }

  /** Moves the chunks together where the first began. */
  private int readChunks() throws IOException {
    int length = 0;
    while (true) {
      int size = Integer.parseInt(line(), 16);
      while (limit < position + size + 2) {
        fill();
      }
      System.arraycopy(buffer, position, buffer, bodyStart + length, size);
      position += size + 2;
      length += size;
      if (size == 0) {
        return length;
      }
    }
  }

  private String line() throws IOException {
    int end = position;
    while (true) {
      while (end < limit) {
        if (buffer[end] == '\n') {
          var line = new String(buffer, position, end - 1 - position, StandardCharsets.ISO_8859_1);
          position = end + 1;
          return line;
        }
        end++;
      }
      fill();
    }
  }

  private void fill() throws IOException {
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read < 0) {
      throw new EOFException("the server has closed the connection");
    }
    limit += read;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
