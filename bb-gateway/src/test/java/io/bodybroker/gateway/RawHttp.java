package io.bodybroker.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.regex.Pattern;

/** One connection that sends what no HTTP client would send. */
final class RawHttp implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)");

  private final Socket socket;
  private final InputStream in;

  RawHttp(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** The whole response to a request line, read until the server closes, as it is asked to. */
  static String send(int port, String requestLine) throws IOException {
    try (var connection = new RawHttp(port)) {
      connection.write(requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      return new String(connection.in.readAllBytes(), ISO_8859_1);
    }
  }

  /** Sends the head of a request, such as {@code GET /path}. */
  void request(String methodAndPath, String... headers) throws IOException {
    String first = methodAndPath + " HTTP/1.1\r\nHost: localhost\r\n";
    write(first + String.join("\r\n", headers) + "\r\n\r\n");
  }

  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** All that is still sent, until the server closes or breaks the connection. */
  String rest() throws IOException {
    var rest = new ByteArrayOutputStream();
    try {
      in.transferTo(rest);
    } catch (SocketException e) {
      return rest.toString(ISO_8859_1); // broken
    }
    return rest.toString(ISO_8859_1);
  }

  /** The next response on this connection, of the length it says. */
  String response() throws IOException {
    String head = headResponse();
    var length = LENGTH.matcher(head);
    int size = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return head + new String(in.readNBytes(size), ISO_8859_1);
  }

  /** The next response on this connection, which has no body whatever length it says. */
  String headResponse() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("closed after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
