package io.bodybroker.cli.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A connection of HTTP/1.1 to a server on this machine. The clients of the JDK try again behind
 * their user's back when a connection turns out to be closed; here that is a failure, and counted.
 *
 * <p>Used by one thread at a time.
 */
final class HttpConnection implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private boolean isReusable = true;
  private long usedNanos = System.nanoTime();

  private HttpConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * Connects.
   *
   * @param timeout for connecting, and for each read
   */
  static HttpConnection open(int port, Duration timeout) throws IOException {
    var socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) timeout.toMillis());
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) timeout.toMillis());
      return new HttpConnection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** One GET on a connection of its own. */
  static HttpReply get(int port, String path, Duration timeout) throws IOException {
    try (var connection = open(port, timeout)) {
      return connection.send("GET", path, Map.of("Connection", "close"), "");
    }
  }

  /**
   * Sends a request and reads its answer. After a failure the connection is of no further use.
   *
   * @throws IOException if there is no whole answer
   */
  HttpReply send(String method, String path, Map<String, String> headers, String body)
      throws IOException {
    isReusable = false;
    byte[] content = body.getBytes(UTF_8);
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(content.length).append("\r\n\r\n");
    var request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(UTF_8));
    request.writeBytes(content);
    socket.getOutputStream().write(request.toByteArray());
    HttpReply reply = reply();
    isReusable = !reply.header("connection").equalsIgnoreCase("close");
    usedNanos = System.nanoTime();
    return reply;
  }

  private HttpReply reply() throws IOException {
    try {
      return read();
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new ProtocolException("not an answer of HTTP: " + e.getMessage());
    }
  }

  private HttpReply read() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    var headers = new HashMap<String, String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    boolean isChunked = headers.getOrDefault("transfer-encoding", "").equals("chunked");
    byte[] body =
        isChunked
            ? chunks()
            : exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return new HttpReply(status, headers, new String(body, UTF_8));
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (int size = chunk(); size > 0; size = chunk()) {
      body.writeBytes(exactly(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private byte[] exactly(int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("closed within an answer");
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("closed before an answer");
      }
      line.write(c);
    }
    return line.toString(UTF_8).strip();
  }

  /** Whether another request may be sent, as far as the server has said. */
  boolean isReusable() {
    return isReusable;
  }

  /** How long it has not been used. */
  Duration idle() {
    return Duration.ofNanos(System.nanoTime() - usedNanos);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      isReusable = false; // closed all the same
    }
  }
}
