package io.bodybroker.eventbus;

import io.bodybroker.eventbus.v1.BusEvent;
import io.bodybroker.eventbus.v1.GetHistoryRequest;
import io.bodybroker.eventbus.v1.GetHistoryResponse;
import io.bodybroker.sdk.event.ReadFrom;
import io.bodybroker.sdk.event.TopicEvent;
import io.bodybroker.sdk.event.TopicEvents;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * The last events of each type, read from the stream itself, which tells how many there are after a
 * place but not where the last hundred begin: that is searched for.
 *
 * @param events the stream
 */
record History(TopicEvents<BusEvent> events) {
  static final int KEPT = 100;
  static final int DEFAULT_PAGE_SIZE = 20;

  /** What a page has at most, in bytes, so that an answer stays far below what NATS takes. */
  static final int MAX_PAGE_BYTES = 512 * 1024;

  /** Reading some more is cheaper than searching further. */
  private static final int ENOUGH = 4 * KEPT;

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
    long first = events.firstSequence();
    long last = events.lastSequence();
    long start = begin(first, last, after -> waiting(type, after));
    Deque<TopicEvent<BusEvent>> kept = new ArrayDeque<>(KEPT);
    try (var reader = events.read(type, ReadFrom.after(start))) {
      for (var next = reader.nextWaiting(); next.isPresent(); next = reader.nextWaiting()) {
        if (kept.size() == KEPT) {
          kept.removeFirst();
        }
        kept.addLast(next.get());
      }
    }
    return new ArrayList<>(kept);
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
