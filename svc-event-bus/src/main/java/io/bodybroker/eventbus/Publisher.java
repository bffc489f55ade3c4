package io.bodybroker.eventbus;

import io.bodybroker.eventbus.v1.BusEvent;
import io.bodybroker.eventbus.v1.Priority;
import io.bodybroker.eventbus.v1.PublishRequest;
import io.bodybroker.eventbus.v1.PublishResponse;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.TopicEvent;
import io.bodybroker.sdk.event.TopicEvents;
import io.bodybroker.sdk.rpc.StructRules;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.InstantSource;

/**
 * Publishes events, each once: the stream knows their ids, and what comes again under one is
 * answered from what the stream has.
 */
record Publisher(
    TopicEvents<BusEvent> events, LiveSubscriptions subscriptions, InstantSource time) {
  private static final StructRules PAYLOAD = new StructRules(16, 64 * 1024);

  PublishResponse publish(PublishRequest request) {
    PAYLOAD.check("payload", request.getPayload());
    Interest.checkAttributes("attributes", request.getAttributesMap());
    BusEvent event = event(request);
    var published = events.publish(event, event.getEventType(), event.getEventId());
    if (!published.isRepeat()) {
      return answer(event, published.sequence());
    }
    var earlier =
        events
            .find(published.sequence())
            .map(TopicEvent::event)
            .orElseThrow(() -> gone(event.getEventId()));
    if (!isSame(event, earlier)) {
      throw ServiceException.builder(
              ErrorCode.ALREADY_EXISTS,
              "another event was published under the id \"" + event.getEventId() + "\"")
          .mayHaveExecuted(false)
          .build();
    }
    return answer(earlier, published.sequence());
  }

  private BusEvent event(PublishRequest request) {
    var event =
        BusEvent.newBuilder()
            .setEventId(request.getEventId())
            .setEventType(request.getEventType())
            .setPublishedAt(ProtoTimes.timestamp(time.instant()))
            .setPayload(request.getPayload())
            .putAllAttributes(request.getAttributesMap())
            .setPriority(
                request.getPriority() == Priority.PRIORITY_UNSPECIFIED
                    ? Priority.NORMAL
                    : request.getPriority());
    return event.setSubscriberCount(subscriptions.wanting(event.build())).build();
  }

  /** But for when it was published, and to how many. */
  private static boolean isSame(BusEvent one, BusEvent other) {
    return other.toBuilder()
        .setPublishedAt(one.getPublishedAt())
        .setSubscriberCount(one.getSubscriberCount())
        .build()
        .equals(one);
  }

  /** Only an operator removes events that are younger than an hour. */
  private static ServiceException gone(String id) {
    return ServiceException.of(
        ErrorCode.UNAVAILABLE, "the event \"" + id + "\" was published and is gone");
  }

  private static PublishResponse answer(BusEvent event, long sequence) {
    return PublishResponse.newBuilder()
        .setEventId(event.getEventId())
        .setPosition(sequence)
        .setPublishedAt(event.getPublishedAt())
        .setSubscriberCount(event.getSubscriberCount())
        .build();
  }
}
