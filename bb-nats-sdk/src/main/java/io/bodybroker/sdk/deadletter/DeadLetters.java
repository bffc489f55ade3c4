package io.bodybroker.sdk.deadletter;

import io.bodybroker.sdk.deadletter.DeadLetter.Origin;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.stream.StreamPublisher;
import java.util.Objects;

/**
 * Puts dead letters into the queue: stream {@code DLQ}, subjects {@code dlq.{service}.{action or
 * consumer}}. Thread-safe.
 */
public final class DeadLetters {
  private final StreamPublisher publisher;
  private final Metrics metrics;

  /** Puts them in through this publisher, and counts them in metrics of its own. */
  public DeadLetters(StreamPublisher publisher) {
    this(publisher, new Metrics());
  }

  /** Puts them in through this publisher, and counts them. */
  public DeadLetters(StreamPublisher publisher, Metrics metrics) {
    this.publisher = publisher;
    this.metrics = metrics;
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
            id(letter),
            DeadLetterHeaders.of(letter),
            letter.payload()));
    metrics
        .counter(
            DeadLetterMetrics.KEPT, letter.service(), work(letter.origin()), letter.code().name())
        .increment();
  }

  private static String subject(DeadLetter letter) {
    return "dlq.%s.%s".formatted(letter.service(), work(letter.origin()));
  }

  private static String work(Origin origin) {
    return switch (origin) {
      case Origin.Event event -> event.consumer();
      case Origin.Request request -> request.action();
    };
  }

  /**
   * An event has a number, and another one the same if its stream is made anew. Requests have none:
   * one that is served may call a method several times under its id, and each may fail.
   */
  private static String id(DeadLetter letter) {
    return switch (letter.origin()) {
      case Origin.Event event ->
          "%s:%d:%s:%x"
              .formatted(
                  event.stream(),
                  event.sequence(),
                  event.consumer(),
                  Objects.hash(letter.headers().get("Nats-Msg-Id"), letter.payload()));
      case Origin.Request request ->
          "%s:%s:%s:%s:%d:%x"
              .formatted(
                  request.subject(),
                  request.requestId(),
                  letter.instance(),
                  letter.at(),
                  letter.redrives(),
                  letter.payload().hashCode());
    };
  }
}
