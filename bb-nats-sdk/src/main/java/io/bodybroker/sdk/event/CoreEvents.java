package io.bodybroker.sdk.event;

import com.google.protobuf.Message;
import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.telemetry.PublishTelemetry;
import io.bodybroker.sdk.telemetry.RpcTelemetry;
import io.nats.client.impl.Headers;
import io.opentelemetry.context.Context;

/** Publishes events with core NATS: to whoever listens now. Thread-safe. */
public final class CoreEvents implements Events {
  private static final String MESSAGE_ID = "Nats-Msg-Id";
  private static final int MAX_ID_LENGTH = 200;

  private final SupervisedConnection connection;
  private final RpcTelemetry telemetry;
  private final PublishTelemetry publishing;
  private final EventSubjects subjects = new EventSubjects();

  /** Publishes over a connection of the {@code CALL} role, which its owner closes. */
  public CoreEvents(SupervisedConnection connection, RpcTelemetry telemetry) {
    this.connection = connection;
    this.telemetry = telemetry;
    this.publishing = telemetry.publishing();
  }

  @Override
  public void publish(Message event, String id) {
    String subject = subjects.of(event.getDescriptorForType());
    byte[] payload = event.toByteArray();
    publishing.declared(
        subject, requireId(id), payload.length, context -> send(subject, payload, id, context));
  }

  @Override
  public void publishTo(String subject, Message message, String id) {
    byte[] payload = message.toByteArray();
    publishing.free(
        EventSubjects.requireFree(subject),
        requireId(id),
        payload.length,
        context -> send(subject, payload, id, context));
  }

  private void send(String subject, byte[] payload, String id, Context context) {
    var headers = new Headers().put(MESSAGE_ID, id);
    telemetry.inject(context, headers, (carrier, key, value) -> headers.put(key, value));
    try {
      connection.require().publish(subject, headers, payload);
    } catch (IllegalStateException e) {
      throw connection.unavailable("connection to NATS lost before the event was sent", e);
    }
  }

  private static String requireId(String id) {
    boolean isPrintable = id.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (id.isEmpty() || id.length() > MAX_ID_LENGTH || !isPrintable) {
      throw new IllegalArgumentException(
          "id: \"%s\" (expected: 1 to %d printable ASCII characters)".formatted(id, MAX_ID_LENGTH));
    }
    return id;
  }
}
