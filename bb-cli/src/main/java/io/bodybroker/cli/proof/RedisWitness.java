package io.bodybroker.cli.proof;

import io.bodybroker.proof.v1.Page;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whoever looks into Redis, by Redis' own protocol (RESP 2) and no client of it. For one thread.
 */
final class RedisWitness implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final DataInputStream in;

  private RedisWitness(Socket socket) throws IOException {
    this.socket = socket;
    this.socket.setSoTimeout(TIMEOUT_MILLIS);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  static RedisWitness at(int port) {
    try {
      return new RedisWitness(new Socket(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new IllegalStateException("cannot look into Redis: " + e.getMessage(), e);
    }
  }

  /** What a store with an outbox holds, marks of deletions included. */
  Map<String, ChangesLedger.Held> held(String store) {
    var held = new HashMap<String, ChangesLedger.Held>();
    try {
      for (Object name : list(ask("KEYS", "bb:{" + store + ".*"))) {
        String text = text(name);
        List<?> fields = list(ask("HMGET", text, "version", "document"));
        if (fields.get(0) != null) {
          held.put(text.substring(text.indexOf("}:") + 2), held(fields));
        }
      }
      return held;
    } catch (IOException e) {
      throw new IllegalStateException("cannot look into Redis: " + e.getMessage(), e);
    }
  }

  private static ChangesLedger.Held held(List<?> fields) throws IOException {
    long version = Long.parseLong(text(fields.get(0)));
    return fields.get(1) instanceof byte[] document
        ? new ChangesLedger.Held(version, Optional.of(Page.parseFrom(document)))
        : new ChangesLedger.Held(version, Optional.empty());
  }

  private @Nullable Object ask(String... words) throws IOException {
    var command = new ByteArrayOutputStream();
    command.writeBytes(ascii("*" + words.length + "\r\n"));
    for (String word : words) {
      command.writeBytes(ascii("$" + word.length() + "\r\n" + word + "\r\n"));
    }
    socket.getOutputStream().write(command.toByteArray());
    return answer();
  }

  private @Nullable Object answer() throws IOException {
    String head = line();
    String rest = head.substring(1);
    return switch (head.charAt(0)) {
      case '$' -> rest.equals("-1") ? null : bulk(Integer.parseInt(rest));
      case '*' -> array(Integer.parseInt(rest));
      default -> throw new IOException("answer " + head + " (expected: an array or a bulk)");
    };
  }

  private byte[] bulk(int length) throws IOException {
    byte[] content = in.readNBytes(length);
    line();
    return content;
  }

  private List<@Nullable Object> array(int size) throws IOException {
    var elements = new ArrayList<@Nullable Object>();
    for (int i = 0; i < size; i++) {
      elements.add(answer());
    }
    return elements;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("Redis closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static List<?> list(@Nullable Object answer) {
    return answer instanceof List<?> list ? list : List.of();
  }

  private static String text(@Nullable Object bulk) {
    return bulk instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("cannot leave Redis", e);
    }
  }
}
