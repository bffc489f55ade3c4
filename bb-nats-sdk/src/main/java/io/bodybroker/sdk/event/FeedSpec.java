package io.bodybroker.sdk.event;

import com.google.protobuf.Message;
import io.bodybroker.sdk.store.Change;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which event a committed change of a document, or an entry of a journal, is. Immutable and
 * thread-safe, if its mapping is.
 *
 * @param <T> the document
 */
public final class FeedSpec<T extends Message> {
  private final List<Message> events;
  private final Function<Change<T>, List<Message>> mapping;

  private FeedSpec(Function<Change<T>, List<Message>> mapping, List<? extends Message> events) {
    this.events = List.copyOf(events);
    this.mapping = mapping;
    if (events.isEmpty()) {
      throw new IllegalArgumentException("events: [] (expected: at least one type of event)");
    }
  }

  /**
   * One event for a change, or none.
   *
   * @param events the default instances of the types of event there can be; at least one. Nobody
   *     else publishes them
   * @param mapping from a change to its event, or to none. It must depend on the change alone,
   *     since it may run several times for one
   */
  public FeedSpec(
      List<? extends Message> events, Function<Change<T>, Optional<? extends Message>> mapping) {
    this(change -> mapping.apply(change).<List<Message>>map(List::of).orElse(List.of()), events);
  }

  /**
   * Any number of events for a change, in this order.
   *
   * @param events as in the other form
   * @param mapping as in the other form; of one change always as many
   */
  public static <T extends Message> FeedSpec<T> ofSeveral(
      List<? extends Message> events, Function<Change<T>, List<? extends Message>> mapping) {
    return new FeedSpec<>(change -> List.copyOf(mapping.apply(change)), events);
  }

  /** The default instances of the types of event there can be. */
  public List<Message> events() {
    return events;
  }

  /** The events of a change, in their order. */
  public List<Message> eventsOf(Change<T> change) {
    return mapping.apply(change);
  }
}
