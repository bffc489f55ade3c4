package io.bodybroker.sdk.deadletter;

import io.bodybroker.sdk.deadletter.DeadLetter.Origin;
import io.bodybroker.sdk.stream.StreamPublisher;

/**
 * Puts dead letters into the queue: stream {@code DLQ}, subjects {@code dlq.{service}.{action or
 * consumer}}. Thread-safe.
 */
public final class DeadLetters {
  private static final String SUBJECT = "dlq.%s.%s";

  private final StreamPublisher publisher;

  /** Puts them in through this publisher. */
  public DeadLetters(StreamPublisher publisher) {
    this.publisher = publisher;
  }

  /**
   * Returns when the queue has the letter. The same letter put twice is taken once.
   *
   * @throws io.bodybroker.sdk.error.ServiceException as {@link StreamPublisher#publish} does; the
   *     original must then stay where it is
   */
  public void put(DeadLetter letter) {
    publisher.publish(
        new StreamPublisher.Outgoing(
            DeadLetterStreams.QUEUE,
            subject(letter),
            id(letter.origin()),
            DeadLetterHeaders.of(letter),
            letter.payload()));
  }

  private static String subject(DeadLetter letter) {
    return switch (letter.origin()) {
      case Origin.Event event -> SUBJECT.formatted(letter.service(), event.consumer());
      case Origin.Request request -> SUBJECT.formatted(letter.service(), request.action());
    };
  }

  private static String id(Origin origin) {
    return switch (origin) {
      case Origin.Event event ->
          "%s:%d:%s".formatted(event.stream(), event.sequence(), event.consumer());
      case Origin.Request request -> "%s:%s".formatted(request.subject(), request.requestId());
    };
  }
}
