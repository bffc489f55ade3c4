package io.bodybroker.sdk.event;

import com.google.protobuf.Message;
import java.util.Optional;

/**
 * Events of one type that are published under topics: its contract says {@code topics: true}, and
 * the topic follows the subject it declares. So one contract is on many subjects, and whoever asks
 * for some topics is given those by the server.
 *
 * <p>A topic is dot-separated tokens of letters, digits, {@code -} and {@code _}. A pattern names
 * topics as NATS does subjects: {@code *} is any one token, {@code >} at the end all that follow.
 *
 * <pre>{@code
 * var news = context.topics(News.getDefaultInstance());
 * news.publish(flood, "harbour.flood", "flood-17");
 * news.consume(spec, "harbour.>", ReadFrom.now(), (event, delivery) -> pump(event));
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @param <T> the event
 */
public interface TopicEvents<T extends Message> {
  /**
   * Publishes an event under a topic; otherwise as {@link Events#publish}.
   *
   * @return where it is: also where it was if its stream knew the id already
   */
  Published publish(T event, String topic, String id);

  /**
   * The event with this number in the stream, if it is kept there and is one of these.
   *
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if the stream is away
   */
  Optional<TopicEvent<T>> find(long sequence);

  /**
   * The last event under a topic, if the stream keeps one. As cheap as a look at the stream is: one
   * request.
   *
   * @param topic not a pattern
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if the stream is away
   */
  Optional<TopicEvent<T>> last(String topic);

  /**
   * The number of the first message that the stream still keeps; one more than the last if it keeps
   * none.
   *
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if the stream is away
   */
  long firstSequence();

  /**
   * The number of the last message that the stream took; 0 if there never was one.
   *
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if the stream is away
   */
  long lastSequence();

  /**
   * Reads events in their order, without taking them from anybody.
   *
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if the stream is away
   */
  TopicReader<T> read(String pattern, ReadFrom from);

  /**
   * Gives each event to a handler, by a durable consumer as {@link Events#consume} does; but one
   * that is made as it is needed: the server forgets it when nobody has asked for its events for as
   * long as the stream keeps any. What keeps it from its events is no reason for the process not to
   * be ready: the log and {@code messaging_consumer_up} tell.
   *
   * @param consumer whose name is the server's name of it; {@link ConsumerSpec#fromNow()} is not
   *     looked at
   * @param from where it begins if it is new
   */
  Consumption consume(
      ConsumerSpec<T> consumer, String pattern, ReadFrom from, EventHandler<T> handler);

  /**
   * Removes a consumer from the server, for when nobody shall have its events any more. Nothing
   * happens if there is none.
   *
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if the stream is away
   */
  void remove(ConsumerSpec<T> consumer);
}
