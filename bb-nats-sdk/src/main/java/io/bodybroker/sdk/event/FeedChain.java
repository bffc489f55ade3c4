package io.bodybroker.sdk.event;

import com.google.protobuf.Message;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.bodybroker.sdk.stream.StreamPublisher;
import io.bodybroker.sdk.stream.StreamPublisher.Outgoing;
import io.bodybroker.sdk.stream.StreamSpec;
import io.nats.client.NUID;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Publishes the events of one feed so that each is taken only directly behind the one before it.
 * The stream checks that, so it holds whoever else publishes the same and whatever comes late.
 *
 * <p>An event says either which message must be the last of its subject by number ({@code
 * Nats-Expected-Last-Subject-Sequence}), once the number is known; or, while the one before is
 * still on its way, which message must be the last of the whole stream by id ({@code
 * Nats-Expected-Last-Msg-Id}): that one. So many can be on their way, and if one is not taken, none
 * behind it is. A message of somebody else on another subject of the stream breaks such a chain
 * too; then it is taken up again behind the last that was taken, with fewer on their way.
 *
 * <p>Each time an event is sent it has another message id; its own is in a header. For in a cluster
 * the server remembers the id of a message before it has checked what must be last, also of one
 * that it then refuses: sent again under that id, the event would be acknowledged as a duplicate,
 * and never be taken.
 *
 * <p>{@code ABORTED} means that another publisher of this feed is ahead: {@link #look} before going
 * on. For one thread.
 */
final class FeedChain {
  private static final int MOST_ON_THEIR_WAY = 256;
  private static final String LAST_SEQUENCE = "Nats-Expected-Last-Subject-Sequence";
  private static final String LAST_ID = "Nats-Expected-Last-Msg-Id";

  private final FeedSpec<?> spec;
  private final String name;
  private final StreamPublisher publisher;
  private final List<Target> targets = new ArrayList<>();
  private final Map<String, Long> lastSequences = new HashMap<>();
  private final Deque<Sent> onTheirWay = new ArrayDeque<>();
  private int most = MOST_ON_THEIR_WAY / 8;

  /** Some events were to be sent again, and were not: what is on its way is not all there was. */
  private boolean isTorn;

  private record Target(String subject, StreamSpec stream) {}

  /** An event as it is sent, without what it is chained to. */
  private record Sent(Outgoing event, String messageId, CompletableFuture<Long> sequence) {
    boolean isOn(Target target) {
      return event.subject().equals(target.subject());
    }
  }

  /**
   * @param name of the store that is fed
   * @throws IllegalArgumentException if no declared stream takes an event of the feed
   */
  FeedChain(String name, FeedSpec<?> spec, StreamPublisher publisher, EventSubjects subjects) {
    this.name = name;
    this.spec = spec;
    this.publisher = publisher;
    for (Message event : spec.events()) {
      String subject = subjects.of(event.getDescriptorForType());
      targets.add(new Target(subject, publisher.streams().catalog().require(subject)));
    }
  }

  /**
   * The headers of the last event of each subject; from now on it goes on behind these.
   *
   * @throws ServiceException {@code UNAVAILABLE} if a stream is away
   */
  List<Map<String, String>> look() {
    isTorn = false;
    onTheirWay.clear();
    lastSequences.clear();
    var headers = new ArrayList<Map<String, String>>();
    for (Target target : targets) {
      var last = publisher.last(target.stream(), target.subject());
      lastSequences.put(target.subject(), last.map(StreamPublisher.Stored::sequence).orElse(0L));
      last.map(StreamPublisher.Stored::headers).ifPresent(headers::add);
    }
    return headers;
  }

  /**
   * Sends an event, and waits only if too many are on their way.
   *
   * @param id names it for good
   * @throws ServiceException what an earlier one came to: then neither this one nor any after that
   *     one is taken
   */
  void publish(Message event, String id, Map<String, String> headers) {
    requireWhole();
    Target target = target(event);
    while (onTheirWay.size() >= most) {
      settle();
    }
    if (!onTheirWay.isEmpty() && !onTheirWay.getLast().event().stream().equals(target.stream())) {
      flush();
    }
    send(
        target, new Outgoing(target.stream(), target.subject(), id, headers, event.toByteString()));
  }

  /**
   * Returns when all that was sent is taken.
   *
   * @throws ServiceException what the first that was not taken came to
   */
  void flush() {
    requireWhole();
    while (!onTheirWay.isEmpty()) {
      settle();
    }
  }

  private void requireWhole() {
    if (isTorn) {
      throw ClientErrors.client(
          ErrorCode.ABORTED, "the events of " + name + " were torn apart, look again", true, null);
    }
  }

  private void send(Target target, Outgoing event) {
    var headers = new LinkedHashMap<>(event.headers());
    if (!onTheirWay.isEmpty()) {
      headers.put(LAST_ID, onTheirWay.getLast().messageId());
    }
    if (onTheirWay.stream().noneMatch(sent -> sent.isOn(target))) {
      headers.put(LAST_SEQUENCE, lastSequences.getOrDefault(target.subject(), 0L).toString());
    }
    headers.put(EventHeaders.EVENT_ID, event.id());
    String messageId = event.id() + "~" + NUID.nextGlobalSequence();
    var chained =
        new Outgoing(event.stream(), event.subject(), messageId, headers, event.payload());
    onTheirWay.addLast(new Sent(event, messageId, publisher.publishAsync(chained)));
  }

  /** Waits for the oldest that is on its way. */
  private void settle() {
    Sent oldest = onTheirWay.getFirst();
    try {
      lastSequences.put(oldest.event().subject(), await(oldest));
      onTheirWay.removeFirst();
      most = Math.min(MOST_ON_THEIR_WAY, most + 1);
    } catch (ServiceException e) {
      if (!JetStreamCodes.isWrongLastId(e)) {
        throw e;
      }
      most = Math.max(1, onTheirWay.size() / 2);
      takeUpAgain();
    }
  }

  /** The first one goes out with a number, so either it is taken or another publisher is ahead. */
  private void takeUpAgain() {
    var again = List.copyOf(onTheirWay);
    for (Sent sent : again) {
      awaitEnd(sent);
    }
    onTheirWay.clear();
    try {
      for (Sent sent : again) {
        while (onTheirWay.size() >= most) {
          settle();
        }
        send(target(sent.event().subject()), sent.event());
      }
    } catch (RuntimeException e) {
      isTorn = true;
      throw e;
    }
  }

  private long await(Sent sent) {
    try {
      return sent.sequence().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ServiceException error) {
        throw error;
      }
      throw new IllegalStateException("publishing failed", e.getCause());
    } catch (InterruptedException e) {
      throw ClientErrors.interrupted("publishing the events of " + name, true, e);
    }
  }

  /** However it ends; a chain that is broken tells nothing new behind the break. */
  private void awaitEnd(Sent sent) {
    try {
      await(sent);
    } catch (ServiceException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
    }
  }

  private Target target(String subject) {
    return targets.stream()
        .filter(target -> target.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }

  private Target target(Message event) {
    for (int i = 0; i < targets.size(); i++) {
      if (spec.events().get(i).getDescriptorForType().equals(event.getDescriptorForType())) {
        return targets.get(i);
      }
    }
    throw new IllegalArgumentException(
        "the feed of %s made a %s (expected: one of the types it was declared with)"
            .formatted(name, event.getDescriptorForType().getFullName()));
  }
}
