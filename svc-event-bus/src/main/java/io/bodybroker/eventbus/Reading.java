package io.bodybroker.eventbus;

import io.bodybroker.eventbus.v1.BusEvent;
import io.bodybroker.eventbus.v1.ListenRequest;
import io.bodybroker.eventbus.v1.ListenResponse;
import io.bodybroker.eventbus.v1.ReplayRequest;
import io.bodybroker.eventbus.v1.ReplayResponse;
import io.bodybroker.sdk.event.ReadFrom;
import io.bodybroker.sdk.event.TopicEvent;
import io.bodybroker.sdk.event.TopicEvents;
import io.bodybroker.sdk.rpc.ResponseWriter;
import io.bodybroker.sdk.time.ProtoTimes;

/**
 * Streams events to readers, each with a place of its own in the stream.
 *
 * @param events the stream
 */
record Reading(TopicEvents<BusEvent> events) {
  /** Tells what is published, until the reader is gone. */
  void listen(ListenRequest request, ResponseWriter<ListenResponse> responses) {
    var interest = Interest.of(request.getEventPatternsList(), request.getAttributesList());
    long after = begin(request, responses);
    try (var reader = events.read(interest.topics(), ReadFrom.after(after))) {
      while (!responses.isClosed()) {
        var next = reader.next();
        if (interest.wants(next.event())) {
          responses.send(
              ListenResponse.newBuilder()
                  .setPosition(next.sequence())
                  .setEvent(next.event())
                  .build());
        }
      }
    }
  }

  /**
   * Where a reader begins, which one without a place is told first: it may be cut off before the
   * first event.
   */
  private long begin(ListenRequest request, ResponseWriter<ListenResponse> responses) {
    long last = events.lastSequence();
    if (!request.hasAfter()) {
      responses.send(ListenResponse.newBuilder().setPosition(last).build());
      return last;
    }
    long first = events.firstSequence();
    boolean isAnotherStream = request.getAfter() > last;
    if (!isAnotherStream && request.getAfter() >= first - 1) {
      return request.getAfter();
    }
    responses.send(ListenResponse.newBuilder().setPosition(first - 1).setMissed(true).build());
    return first - 1;
  }

  /** Tells what was published from a time on; ends with what there was when it began. */
  void replay(ReplayRequest request, ResponseWriter<ReplayResponse> responses) {
    var interest = Interest.of(request.getEventPatternsList(), request.getAttributesList());
    var time = ProtoTimes.instant(Moments.check("from", request.getFrom()));
    // A place that the stream has not come to yet is of another stream.
    boolean isResumed = request.hasAfter() && request.getAfter() <= events.lastSequence();
    var from = isResumed ? ReadFrom.after(request.getAfter()) : ReadFrom.at(time);
    try (var reader = events.read(interest.topics(), from)) {
      var next = reader.nextWaiting();
      while (next.isPresent() && !responses.isClosed()) {
        tell(next.get(), interest, responses);
        next = reader.nextWaiting();
      }
    }
  }

  private static void tell(
      TopicEvent<BusEvent> next, Interest interest, ResponseWriter<ReplayResponse> responses) {
    if (interest.wants(next.event())) {
      responses.send(
          ReplayResponse.newBuilder().setPosition(next.sequence()).setEvent(next.event()).build());
    }
  }
}
