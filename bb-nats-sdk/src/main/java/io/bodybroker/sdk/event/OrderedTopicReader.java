package io.bodybroker.sdk.event;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.StreamReader;

/** Reads the events that a stream's messages are. */
final class OrderedTopicReader<T extends Message> implements TopicReader<T> {
  private final String stream;
  private final TopicSubjects subjects;
  private final Parser<T> parser;
  private final StreamReader messages;

  OrderedTopicReader(
      String stream, TopicSubjects subjects, Parser<T> parser, StreamReader messages) {
    this.stream = stream;
    this.subjects = subjects;
    this.parser = parser;
    this.messages = messages;
  }

  @Override
  public long waiting() {
    return messages.waiting();
  }

  @Override
  public TopicEvent<T> next() {
    var message = messages.next();
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
