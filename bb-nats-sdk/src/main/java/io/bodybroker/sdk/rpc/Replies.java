package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.connection.SupervisedConnection;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.DirectWriter;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Sends answers. A request without a reply subject wants none. An answer that is not sent because
 * there is no connection is logged: its caller gets {@code DEADLINE_EXCEEDED}, or {@code
 * UNAVAILABLE} when it was the caller's own connection that went.
 */
final class Replies {
  private static final Logger LOG = System.getLogger(RpcServer.class.getName());

  private final SupervisedConnection connection;

  Replies(SupervisedConnection connection) {
    this.connection = connection;
  }

  void answer(Message request, com.google.protobuf.Message response) {
    byte[] payload = response.toByteArray();
    try {
      Connection up = connection.require();
      if (payload.length > up.getMaxPayload()) {
        LOG.log(
            Level.WARNING,
            "an answer on {0} has {1} bytes, {2} at most can be sent",
            request.getSubject(),
            payload.length,
            up.getMaxPayload());
        error(request, tooLarge(payload.length, up.getMaxPayload()));
      } else {
        send(up, request, payload);
      }
    } catch (ServiceException e) {
      lost(request, e);
    }
  }

  void error(Message request, ServiceException error) {
    try {
      send(connection.require(), request, ErrorReply.headers(error), ErrorReply.body(error));
    } catch (ServiceException e) {
      lost(request, e);
    }
  }

  private static void send(Connection up, Message request, byte[] payload) {
    String replyTo = request.getReplyTo();
    if (replyTo == null || !DirectWriter.publish(up, replyTo, null, null, payload)) {
      send(up, request, null, payload);
    }
  }

  private static void send(
      Connection up, Message request, @Nullable Headers headers, byte[] payload) {
    String replyTo = request.getReplyTo();
    if (replyTo == null) {
      return;
    }
    try {
      up.publish(replyTo, headers, payload);
    } catch (IllegalStateException | IllegalArgumentException e) {
      lost(request, e);
    }
  }

  private static void lost(Message request, RuntimeException cause) {
    LOG.log(Level.WARNING, "an answer on " + request.getSubject() + " could not be sent", cause);
  }

  /** The service's defect, not a limit that its caller could wait for. */
  private static ServiceException tooLarge(long size, long limit) {
    return ServiceException.of(
        ErrorCode.INTERNAL,
        "the answer has %d bytes (expected: at most %d)".formatted(size, limit));
  }
}
