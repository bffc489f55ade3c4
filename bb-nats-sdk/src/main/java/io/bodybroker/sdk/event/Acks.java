package io.bodybroker.sdk.event;

import io.nats.client.Connection;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What a consumer tells the server about a message, as text on its reply subject (NATS ADR-13).
 * Written here because jnats' own methods wait for a connection that may be gone.
 */
final class Acks {
  private Acks() {}

  /** It is done. */
  static void ack(Connection connection, Message message) {
    send(connection, message, "+ACK");
  }

  /** It shall come again, after a pause. */
  static void nak(Connection connection, Message message, Duration pause) {
    send(connection, message, "-NAK {\"delay\": " + pause.toNanos() + "}");
  }

  /** It is still being worked on. */
  static void inProgress(Connection connection, Message message) {
    send(connection, message, "+WPI");
  }

  /** It shall not come again. */
  static void term(Connection connection, Message message, String reason) {
    send(connection, message, "+TERM " + reason);
  }

  private static void send(Connection connection, Message message, String text) {
    connection.publish(message.getReplyTo(), text.getBytes(StandardCharsets.US_ASCII));
  }
}
