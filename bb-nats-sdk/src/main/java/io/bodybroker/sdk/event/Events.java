package io.bodybroker.sdk.event;

import com.google.protobuf.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes and consumes events. Events are durable: they are in a stream before {@link #publish}
 * returns, and stay there until every consumer has processed them or given them up to the
 * dead-letter queue.
 *
 * <pre>{@code
 * events.publish(WeatherChanged.newBuilder()…build(), "harbour:42");
 *
 * events.consume(DECAY, (change, delivery) -> decay.adapt(change));
 * }</pre>
 *
 * <p>Which stream takes an event, the {@link io.bodybroker.sdk.stream.StreamCatalog} says.
 * Thread-safe.
 */
public interface Events {
  /**
   * Publishes an event on the subject its contract declares with {@code option
   * (bodybroker.sdk.v1.event).subject}, and returns when its stream has acknowledged it. While the
   * stream has no leader it is tried again, for {@code event.publish-timeout}.
   *
   * @param event the event
   * @param id names this event for good, so that what is published again under it is taken once
   *     ({@code Nats-Msg-Id}), and receivers can tell a repeat; for example {@code zone-1:42}; 1 to
   *     200 printable ASCII characters
   * @throws IllegalArgumentException if the message's contract declares no subject, or no declared
   *     stream takes it
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if the stream is away, its
   *     {@code mayHaveExecuted()} telling whether it may have the event; {@code RESOURCE_EXHAUSTED}
   *     if it is full or the event too large; {@code FAILED_PRECONDITION} if the stream on the
   *     server is not what is declared; {@code CANCELLED} if interrupted
   */
  void publish(Message event, String id);

  /**
   * As {@link #publish}, but comes back when the event is sent; it blocks only while {@code
   * event.max-in-flight} others are on their way.
   *
   * @return completed when the stream has the event, failed with what {@link #publish} throws
   */
  CompletableFuture<Void> publishAsync(Message event, String id);

  /**
   * Publishes a message on a subject somebody asked for, such as a callback: to whoever listens
   * now. It is in no stream.
   *
   * @param subject dot-separated tokens of letters, digits, {@code -} and {@code _}; nothing under
   *     {@code svc.} or {@code $}
   * @param message the payload
   * @param id as in {@link #publish}
   * @throws IllegalArgumentException if the subject is not of that form
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if no connection is up: it
   *     was not published
   */
  void publishTo(String subject, Message message, String id);

  /**
   * As {@link #publishTo}, and waits until whoever listens has answered that it has the message: an
   * empty message does, and so does any other that is no error of ADR-32's form.
   *
   * @param timeout how long the answer is waited for, more than zero
   * @throws IllegalArgumentException if the subject is not of the form that {@link #publishTo}
   *     takes
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if no connection is up or
   *     nobody listens; {@code DEADLINE_EXCEEDED} if nobody answered; the error that was answered
   */
  void deliver(String subject, Message message, String id, Duration timeout);

  /**
   * Gives each event of a type to a handler, on a virtual thread, as long as the result is not
   * closed. Its consumer on the server is made if it is not there.
   *
   * @throws IllegalArgumentException if the message's contract declares no subject, or no declared
   *     stream takes it
   */
  <T extends Message> Consumption consume(ConsumerSpec<T> consumer, EventHandler<T> handler);
}
