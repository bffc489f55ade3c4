package io.bodybroker.sdk.event;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.StreamReader;
import java.util.Optional;

/** A {@link TopicReader} of what a {@link StreamReader} reads. */
record OrderedTopicReader<T extends Message>(
    String stream, StreamReader messages, TopicSubjects subjects, Parser<T> parser)
    implements TopicReader<T> {

  @Override
  public long waiting() {
    return messages.waiting();
  }

  @Override
  public TopicEvent<T> next() {
    return read(messages.next());
  }

  @Override
  public Optional<TopicEvent<T>> nextWaiting() {
    return messages.nextWaiting().map(this::read);
  }

  private TopicEvent<T> read(io.nats.client.Message message) {
    long sequence = message.metaData().streamSequence();
    try {
      return new TopicEvent<>(
          sequence,
          subjects.topic(message.getSubject()),
          EventHeaders.read(message).delivery().id(),
          parser.parseFrom(message.getData()));
    } catch (InvalidProtocolBufferException e) {
      throw unreadable(stream, sequence, e);
    }
  }

  static ServiceException unreadable(
      String stream, long sequence, InvalidProtocolBufferException cause) {
    return ClientErrors.client(
        ErrorCode.INTERNAL,
        "event %d of stream %s cannot be read: %s".formatted(sequence, stream, cause.getMessage()),
        false,
        cause);
  }

  @Override
  public void close() {
    messages.close();
  }
}
