package io.bodybroker.eventbus;

import com.google.protobuf.Timestamp;
import io.bodybroker.eventbus.state.v1.StoredSubscription;
import io.bodybroker.eventbus.v1.BusEvent;
import io.bodybroker.eventbus.v1.ListSubscriptionsRequest;
import io.bodybroker.eventbus.v1.ListSubscriptionsResponse;
import io.bodybroker.eventbus.v1.SubscribeRequest;
import io.bodybroker.eventbus.v1.Subscription;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.TopicEvents;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.time.ProtoTimes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The subscriptions there are, one document each, under an id that follows from what it is: so the
 * same subscription is made once, whoever asks how often. Thread-safe.
 */
final class Subscriptions {
  /** Each has consumers on the server, which are not free. */
  static final int MAX_SUBSCRIPTIONS = 256;

  static final int DEFAULT_PAGE_SIZE = 50;

  /** What a page has at most, in bytes, so that an answer stays far below what NATS takes. */
  static final int MAX_PAGE_BYTES = 512 * 1024;

  private static final int ID_BYTES = 16;

  private final Store<StoredSubscription> store;
  private final TopicEvents<BusEvent> events;
  private final InstantSource time;

  Subscriptions(Store<StoredSubscription> store, TopicEvents<BusEvent> events, InstantSource time) {
    this.store = store;
    this.events = events;
    this.time = time;
  }

  /** The subscription that was asked for, made if it is not there. */
  Subscription subscribe(SubscribeRequest request) {
    Subscription wanted = wanted(request);
    String id = wanted.getSubscriptionId();
    var there = store.get(id);
    if (there.isPresent()) {
      return there.get().value().getSubscription();
    }
    requireRoom();
    var stored =
        StoredSubscription.newBuilder().setSubscription(wanted).setAfter(events.lastSequence());
    return store.update(id, current -> current.orElseGet(stored::build)).value().getSubscription();
  }

  private Subscription wanted(SubscribeRequest request) {
    Interest.of(request.getEventPatternsList(), request.getFiltersMap());
    var wanted =
        Subscription.newBuilder()
            .setSubscriberId(request.getSubscriberId())
            .addAllEventPatterns(
                request.getEventPatternsList().stream().sorted().distinct().toList())
            .putAllFilters(request.getFiltersMap())
            .setCallbackSubject(request.getCallbackSubject());
    wanted.setSubscriptionId(id(wanted));
    if (request.hasReplayFrom()) {
      wanted.setReplayFrom(Moments.check("replay_from", request.getReplayFrom()));
    }
    return wanted.setCreatedAt(now()).build();
  }

  /** No two subscriptions have the same text: none of its parts can hold a line's end. */
  private static String id(Subscription.Builder subscription) {
    var text =
        String.join(
            "\n",
            subscription.getSubscriberId(),
            subscription.getCallbackSubject(),
            String.join(" ", subscription.getEventPatternsList()),
            escaped(new TreeMap<>(subscription.getFiltersMap())));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Filters are free text, so each goes with its length. */
  private static String escaped(SortedMap<String, String> filters) {
    var text = new StringBuilder();
    filters.forEach((name, value) ->
        text.append(name.length())
            .append(':')
            .append(name)
            .append(value.length())
            .append(':')
            .append(value));
    return text.toString();
  }

  /** Two instances may both see the last place free: the bound protects the server, roughly. */
  private void requireRoom() {
    if (store.list("").size() >= MAX_SUBSCRIPTIONS) {
      throw ServiceException.builder(
              ErrorCode.RESOURCE_EXHAUSTED,
              "there are " + MAX_SUBSCRIPTIONS + " subscriptions, as many as can be")
          .mayHaveExecuted(false)
          .build();
    }
  }

  /** Ends a subscription; returns whether there was one. */
  boolean unsubscribe(String id) {
    if (store.get(id).isEmpty()) {
      return false;
    }
    store.delete(id);
    return true;
  }

  ListSubscriptionsResponse page(ListSubscriptionsRequest request) {
    int room = request.getPageSize() == 0 ? DEFAULT_PAGE_SIZE : request.getPageSize();
    List<Subscription> matching =
        store.list("").stream()
            .map(Versioned::value)
            .map(StoredSubscription::getSubscription)
            .filter(each ->
                request.getSubscriberId().isEmpty()
                    || each.getSubscriberId().equals(request.getSubscriberId()))
            .filter(each -> each.getSubscriptionId().compareTo(request.getPageToken()) > 0)
            .toList();
    return page(matching, room);
  }

  static ListSubscriptionsResponse page(List<Subscription> matching, int room) {
    var page = ListSubscriptionsResponse.newBuilder();
    int bytes = 0;
    String last = "";
    for (Subscription each : matching) {
      bytes += each.getSerializedSize();
      if (page.getSubscriptionsCount() > 0
          && (page.getSubscriptionsCount() == room || bytes > MAX_PAGE_BYTES)) {
        return page.setNextPageToken(last).build();
      }
      page.addSubscriptions(each);
      last = each.getSubscriptionId();
    }
    return page.build();
  }

  private Timestamp now() {
    return ProtoTimes.timestamp(time.instant());
  }
}
