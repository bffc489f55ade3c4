package io.bodybroker.eventbus;

import io.bodybroker.eventbus.v1.BusEvent;
import io.bodybroker.eventbus.v1.GetHistoryRequest;
import io.bodybroker.eventbus.v1.GetHistoryResponse;
import io.bodybroker.sdk.event.ReadFrom;
import io.bodybroker.sdk.event.TopicEvent;
import io.bodybroker.sdk.event.TopicEvents;
import io.bodybroker.sdk.event.TopicReader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * The last events of each type.
 *
 * <p>The stream tells how many there are after a place but not where the last hundred begin: that
 * is searched for, and what was found is remembered for {@link #TRUSTED}. Each look asks the stream
 * for the type's last event, and so sees at once what any instance published: what came since is
 * read, and nothing if nothing did. What the stream has dropped by age is told for as long as what
 * was found is remembered, at most.
 *
 * <p>Thread-safe.
 */
final class History {
  static final int KEPT = 100;
  static final int DEFAULT_PAGE_SIZE = 20;

  /** What a page has at most, in bytes, so that an answer stays far below what NATS takes. */
  static final int MAX_PAGE_BYTES = 512 * 1024;

  /** Reading some more is cheaper than searching further. */
  private static final int ENOUGH = 4 * KEPT;

  /** How long what was found is remembered. */
  private static final Duration TRUSTED = Duration.ofMinutes(5);

  private final TopicEvents<BusEvent> events;
  private final RecentEvents recent;

  /**
   * Of one stream.
   *
   * @param events what is in it
   */
  History(TopicEvents<BusEvent> events, InstantSource time) {
    this.events = events;
    this.recent = new RecentEvents(time, TRUSTED);
  }

  GetHistoryResponse page(GetHistoryRequest request) {
    List<TopicEvent<BusEvent>> last = last(request.getEventType());
    int room = request.getPageSize() == 0 ? DEFAULT_PAGE_SIZE : request.getPageSize();
    long before = request.getPageToken().isEmpty() ? Long.MAX_VALUE : token(request.getPageToken());
    var page = GetHistoryResponse.newBuilder();
    int bytes = 0;
    long lowest = 0;
    for (TopicEvent<BusEvent> event : last.reversed()) {
      if (event.sequence() >= before) {
        continue;
      }
      bytes += event.event().getSerializedSize();
      if (page.getEventsCount() > 0 && (page.getEventsCount() == room || bytes > MAX_PAGE_BYTES)) {
        return page.setNextPageToken(Long.toString(lowest)).build();
      }
      page.addEvents(event.event());
      lowest = event.sequence();
    }
    return page.build();
  }

  /** The contract lets digits pass alone; more of them than a number has are beyond any place. */
  private static long token(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  private List<TopicEvent<BusEvent>> last(String type) {
    List<TopicEvent<BusEvent>> known = recent.of(type);
    // Asked after that, so the stream has all that is known, unless it has lost it.
    var newest = events.last(type);
    if (newest.isEmpty()) {
      recent.forget(type);
      return List.of();
    }
    if (isLast(known, newest.get())) {
      return known;
    }
    boolean goesOn = !known.isEmpty() && known.getLast().sequence() < newest.get().sequence();
    var found = goesOn ? continued(type, known) : search(type);
    recent.remember(type, found);
    return found;
  }

  /** By its id too: a stream that was made anew counts from one again. */
  private static boolean isLast(List<TopicEvent<BusEvent>> known, TopicEvent<BusEvent> newest) {
    return !known.isEmpty()
        && known.getLast().sequence() == newest.sequence()
        && known.getLast().id().equals(newest.id());
  }

  private List<TopicEvent<BusEvent>> search(String type) {
    long start =
        begin(events.firstSequence(), events.lastSequence(), after -> waiting(type, after));
    try (var reader = events.read(type, ReadFrom.after(start))) {
      return lastOf(List.of(), reader);
    }
  }

  /** What is known and what came since; searched for if so much did that little would be left. */
  private List<TopicEvent<BusEvent>> continued(String type, List<TopicEvent<BusEvent>> known) {
    try (var reader = events.read(type, ReadFrom.after(known.getLast().sequence()))) {
      if (reader.waiting() <= ENOUGH) {
        return lastOf(known, reader);
      }
    }
    return search(type);
  }

  private static List<TopicEvent<BusEvent>> lastOf(
      List<TopicEvent<BusEvent>> known, TopicReader<BusEvent> reader) {
    Deque<TopicEvent<BusEvent>> kept = new ArrayDeque<>(known);
    for (var next = reader.nextWaiting(); next.isPresent(); next = reader.nextWaiting()) {
      if (kept.size() == KEPT) {
        kept.removeFirst();
      }
      kept.addLast(next.get());
    }
    return List.copyOf(kept);
  }

  private long waiting(String type, long after) {
    try (var reader = events.read(type, ReadFrom.after(after))) {
      return reader.waiting();
    }
  }

  /**
   * A place after which there are at least as many as are kept, and not many more; the beginning if
   * there are fewer.
   *
   * @param waiting how many there are after a place
   */
  static long begin(long first, long last, LongUnaryOperator waiting) {
    long tooFew = last;
    long low = first - 1;
    if (waiting.applyAsLong(low) <= ENOUGH) {
      return low;
    }
    for (long span = 2L * KEPT; last - span > low; span *= 4) {
      long count = waiting.applyAsLong(last - span);
      if (count >= KEPT && count <= ENOUGH) {
        return last - span;
      }
      if (count > ENOUGH) {
        low = last - span;
        break;
      }
      tooFew = last - span;
    }
    // After `low` there are too many, after `tooFew` too few.
    while (tooFew - low > 1) {
      long middle = low + (tooFew - low) / 2;
      long count = waiting.applyAsLong(middle);
      if (count >= KEPT && count <= ENOUGH) {
        return middle;
      }
      if (count < KEPT) {
        tooFew = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }
}
