package io.bodybroker.sdk.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.bodybroker.sdk.v1.ContractProto;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a stream holds of one type of event. */
final class PublishedEvents {
  private static final int NOT_FOUND = 404;

  private PublishedEvents() {}

  static <T extends Message> List<T> of(Connection connection, String stream, T defaultInstance) {
    var events = new ArrayList<T>();
    String subject = subject(defaultInstance);
    try {
      var management = connection.jetStreamManagement();
      if (!management.getStreamNames().contains(stream)) {
        return List.of();
      }
      var next = next(management, stream, 1, subject);
      while (next.isPresent()) {
        events.add(parse(next.get(), defaultInstance));
        next = next(management, stream, next.get().getSeq() + 1, subject);
      }
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JetStreamApiException e) {
      throw new IllegalStateException("cannot read the stream " + stream, e);
    }
  }

  private static String subject(Message event) {
    var declared = event.getDescriptorForType().getOptions().getExtension(ContractProto.event);
    return declared.getTopics() ? declared.getSubject() + ".>" : declared.getSubject();
  }

  private static Optional<MessageInfo> next(
      JetStreamManagement management, String stream, long from, String subject)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(management.getNextMessage(stream, from, subject));
    } catch (JetStreamApiException e) {
      if (e.getErrorCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  // The parser of a message is of its own type.
  @SuppressWarnings("unchecked")
  private static <T extends Message> T parse(MessageInfo message, T defaultInstance)
      throws InvalidProtocolBufferException {
    byte[] data = Objects.requireNonNull(message.getData(), "data");
    return (T) defaultInstance.getParserForType().parseFrom(data);
  }
}
