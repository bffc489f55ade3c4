package io.bodybroker.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One short conversation with a server on 127.0.0.1, as the readiness probes need it. */
final class Loopback {

  private static final int TIMEOUT_MS = 1_000;

  private Loopback() {}

  /** Connects, sends, and returns the first line of the answer; empty if the server hangs up. */
  static String firstLine(int port, String send) throws IOException {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(send.getBytes(UTF_8));
      String line = reader(socket).readLine();
      return line == null ? "" : line;
    }
  }

  /**
   * Returns the body of {@code GET path}, whatever its status. HTTP 1.0, so that the body ends with
   * the connection: no client with threads of its own is needed for this.
   */
  static String get(int port, String path) throws IOException {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }
}
