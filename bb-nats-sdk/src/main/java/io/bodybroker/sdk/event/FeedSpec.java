package io.bodybroker.sdk.event;

import com.google.protobuf.Message;
import io.bodybroker.sdk.store.Change;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which event a committed revision of a document is.
 *
 * @param events the default instances of the types of event there can be; at least one. Nobody else
 *     publishes them
 * @param mapping from a revision to its event, or to none. It must depend on the revision alone,
 *     since it may run several times for one
 * @param <T> the document
 */
public record FeedSpec<T extends Message>(
    List<Message> events, Function<Change<T>, Optional<? extends Message>> mapping) {
  /** With the list copied. */
  public FeedSpec {
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("events: [] (expected: at least one type of event)");
    }
  }
}
