package io.bodybroker.eventbus;

import static io.bodybroker.sdk.testing.ServiceAssertions.assertFails;
import static io.bodybroker.sdk.testing.ServiceAssertions.assertRefuses;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import io.bodybroker.eventbus.state.v1.StoredSubscription;
import io.bodybroker.eventbus.v1.BusEvent;
import io.bodybroker.eventbus.v1.EventBusClient;
import io.bodybroker.eventbus.v1.GetHistoryRequest;
import io.bodybroker.eventbus.v1.ListSubscriptionsRequest;
import io.bodybroker.eventbus.v1.ListenRequest;
import io.bodybroker.eventbus.v1.ListenResponse;
import io.bodybroker.eventbus.v1.Priority;
import io.bodybroker.eventbus.v1.PublishRequest;
import io.bodybroker.eventbus.v1.PublishResponse;
import io.bodybroker.eventbus.v1.ReplayRequest;
import io.bodybroker.eventbus.v1.ReplayResponse;
import io.bodybroker.eventbus.v1.SubscribeRequest;
import io.bodybroker.eventbus.v1.Subscription;
import io.bodybroker.eventbus.v1.UnsubscribeRequest;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.rpc.ResponseStream;
import io.bodybroker.sdk.store.DurableStores;
import io.bodybroker.sdk.testing.RunningService;
import io.bodybroker.sdk.time.ProtoTimes;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.RedisServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Two instances over real servers, as in production. */
@TestServers
class TwoInstancesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);

  /** A word of its own for each test, since all of them share a bus. */
  private String word = "";

  private RunningService service;
  private Connection subscriber;
  private EventBusClient events;

  @BeforeEach
  void start(NatsServer nats, RedisServer redis, TestInfo test) {
    word = "t" + Integer.toHexString(test.getDisplayName().hashCode());
    service = RunningService.of(EventBusModule::new).start(nats, redis);
    subscriber = service.observer();
    events = EventBusClient.on(service.bus());
  }

  /**
   * A subscription left behind would have the next test's events tried again and again. One that an
   * instance is about to begin with while it ends leaves its consumer behind, for a week.
   */
  @AfterEach
  void stop() {
    var left =
        events
            .listSubscriptions(ListSubscriptionsRequest.newBuilder().setPageSize(256).build())
            .getSubscriptionsList();
    left.forEach(each -> Await.until(BOUND, "it is begun with", () -> consumersOf(each) >= 2));
    left.forEach(each -> unsubscribe(each.getSubscriptionId()));
    Await.until(BOUND, "nothing is brought any more", () -> consumersNamed("sub-") == 0);
    service.close();
  }

  private PublishRequest.Builder event(String id, String type) {
    return PublishRequest.newBuilder()
        .setEventId(word + ":" + id)
        .setEventType(word + "." + type)
        .setPayload(
            Struct.newBuilder().putFields("text", Value.newBuilder().setStringValue(id).build()));
  }

  private PublishResponse publish(String id, String type) {
    return events.publish(event(id, type).build());
  }

  private SubscribeRequest.Builder subscription(String name, String... patterns) {
    var request = SubscribeRequest.newBuilder().setSubscriberId(name);
    for (String pattern : patterns) {
      request.addEventPatterns(word + "." + pattern);
    }
    return request.setCallbackSubject(callback(name));
  }

  private String callback(String name) {
    return "callback." + word + "." + name;
  }

  private Subscription subscribe(SubscribeRequest.Builder request) {
    return events.subscribe(request.build()).getSubscription();
  }

  private boolean unsubscribe(String id) {
    return events
        .unsubscribe(UnsubscribeRequest.newBuilder().setSubscriptionId(id).build())
        .getEnded();
  }

  /** What came on a callback subject, and when; each is answered. */
  private final class Inbox {
    private final List<BusEvent> got = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Long> arrived = new ConcurrentHashMap<>();
    private final Dispatcher dispatcher;

    Inbox(String name) throws Exception {
      this(name, event -> {});
    }

    Inbox(String name, Consumer<BusEvent> meanwhile) throws Exception {
      dispatcher =
          subscriber.createDispatcher(message -> {
            var event = parse(message);
            meanwhile.accept(event);
            got.add(event);
            arrived.putIfAbsent(event.getEventId(), System.nanoTime());
            subscriber.publish(message.getReplyTo(), new byte[0]);
          });
      dispatcher.subscribe(callback(name));
      subscriber.flush(BOUND);
    }

    List<String> ids() {
      return got.stream().map(event -> event.getEventId().substring(word.length() + 1)).toList();
    }

    void awaitAll(int count) {
      Await.untilSeen(BOUND, "events", () -> ids().size(), size -> size >= count);
    }
  }

  private static BusEvent parse(Message message) {
    try {
      return BusEvent.parseFrom(message.getData());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void bringEachEventOnceToEachThatWantsItAsItWasPublished() throws Exception {
    var all = new Inbox("all");
    var some = new Inbox("some");
    var filtered = new Inbox("filtered");
    subscribe(subscription("all", ">"));
    subscribe(subscription("some", "a.*", "b"));
    subscribe(subscription("filtered", ">").putFilters("zone", "docks"));
    for (int i = 0; i < 10; i++) {
      publish("a" + i, "a.x");
      publish("b" + i, "b");
      events.publish(event("c" + i, "c").putAttributes("zone", "docks").build());
    }
    all.awaitAll(30);
    some.awaitAll(20);
    filtered.awaitAll(10);
    assertThat(all.ids()).doesNotHaveDuplicates().hasSize(30);
    assertThat(some.ids()).doesNotHaveDuplicates().hasSize(20).noneMatch(id -> id.startsWith("c"));
    assertThat(filtered.ids()).doesNotHaveDuplicates().allMatch(id -> id.startsWith("c"));
    var event = all.got.stream().filter(each -> each.getEventId().endsWith(":c3")).findFirst();
    assertThat(event).isPresent();
    assertThat(event.get().getAttributesMap()).isEqualTo(Map.of("zone", "docks"));
    assertThat(event.get().getPriority()).isEqualTo(Priority.NORMAL);
    assertThat(event.get().getPayload()).isEqualTo(event("c3", "c").getPayload());
  }

  @Test
  void takeAnEventOnceUnderItsIdAndAnswerAlike() throws Exception {
    var inbox = new Inbox("once");
    subscribe(subscription("once", ">"));
    var first = publish("1", "a");
    for (int i = 0; i < 6; i++) {
      assertThat(publish("1", "a")).isEqualTo(first);
    }
    publish("2", "a");
    inbox.awaitAll(2);
    assertThat(inbox.ids()).containsExactlyInAnyOrder("1", "2");
    assertFails(ErrorCode.ALREADY_EXISTS, () -> publish("1", "b"));
  }

  @Test
  void countThoseThatWantAnEvent() throws Exception {
    var inbox = new Inbox("counted");
    subscribe(subscription("counted", "a"));
    subscribe(subscription("counted", "a", "b"));
    subscribe(subscription("counted", "c"));
    var number = new int[1];
    Await.until(
        BOUND,
        "both are known to both instances",
        () ->
            IntStream.range(0, 6)
                .allMatch(i -> publish("n" + number[0]++, "a").getSubscriberCount() == 2));
    assertThat(publish("none", "d").getSubscriberCount()).isZero();
    assertThat(inbox.ids()).isNotNull();
  }

  @Test
  void takeTheSameSubscriptionForTheSame() {
    var one = subscribe(subscription("same", "a", "b").putFilters("x", "1"));
    assertThat(subscribe(subscription("same", "b", "a", "a").putFilters("x", "1"))).isEqualTo(one);
    var others =
        List.of(
            subscribe(subscription("same", "a").putFilters("x", "1")),
            subscribe(subscription("same", "a", "b").putFilters("x", "2")),
            subscribe(subscription("other", "a", "b").putFilters("x", "1")),
            subscribe(
                subscription("same", "a", "b")
                    .putFilters("x", "1")
                    .setCallbackSubject(callback("elsewhere"))));
    var ids = new HashSet<>(others.stream().map(Subscription::getSubscriptionId).toList());
    assertThat(ids).hasSize(4).doesNotContain(one.getSubscriptionId());

    var page =
        events.listSubscriptions(
            ListSubscriptionsRequest.newBuilder().setSubscriberId("same").setPageSize(3).build());
    assertThat(page.getSubscriptionsCount()).isEqualTo(3);
    var rest =
        events.listSubscriptions(
            ListSubscriptionsRequest.newBuilder()
                .setSubscriberId("same")
                .setPageToken(page.getNextPageToken())
                .build());
    assertThat(rest.getSubscriptionsCount()).isEqualTo(1);
    assertThat(rest.getNextPageToken()).isEmpty();
  }

  @Test
  void bringNothingMoreOnceASubscriptionIsEndedAndKeepTheOthers() throws Exception {
    var ended = new Inbox("ended");
    var kept = new Inbox("kept");
    var subscription = subscribe(subscription("ended", ">"));
    subscribe(subscription("kept", ">"));
    publish("before", "a");
    ended.awaitAll(1);
    assertThat(unsubscribe(subscription.getSubscriptionId())).isTrue();
    assertThat(unsubscribe(subscription.getSubscriptionId())).isFalse();
    Await.until(BOUND, "its consumer is removed", () -> consumersOf(subscription) == 0);
    publish("after", "a");
    kept.awaitAll(2);
    assertThat(ended.ids()).containsExactly("before");

    // Made again it begins with what is published then.
    subscribe(subscription("ended", ">"));
    publish("again", "a");
    ended.awaitAll(2);
    assertThat(ended.ids()).containsExactly("before", "again");
  }

  private long consumersOf(Subscription subscription) {
    return consumersNamed("sub-" + subscription.getSubscriptionId());
  }

  private long consumersNamed(String prefix) {
    try {
      return subscriber.jetStreamManagement().getConsumerNames("BUS_EVENTS").stream()
          .filter(name -> name.startsWith(prefix))
          .count();
    } catch (java.io.IOException | io.nats.client.JetStreamApiException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void haveNoFastSubscriberWaitForOneThatNeverAnswers() throws Exception {
    var dead = subscriber.subscribe(callback("dead"));
    var fast = new Inbox("fast");
    subscribe(subscription("fast", ">"));
    publish("warm", "a");
    fast.awaitAll(1);
    double alone = p99(fast, "alone", 200);
    subscribe(subscription("dead", ">"));
    assertThat(dead.nextMessage(Duration.ofMillis(1))).isNull();
    publish("wake", "a");
    assertThat(dead.nextMessage(BOUND)).as("the dead one is tried").isNotNull();
    double beside = p99(fast, "beside", 200);
    // Neither waits for five seconds of patience, nor for a pause of half a second.
    assertThat(beside).as("p99 in ms, %s alone", alone).isLessThan(Math.max(300, 5 * alone));
  }

  /** Of the time from publishing to arrival, in milliseconds. */
  private double p99(Inbox inbox, String name, int count) {
    int before = inbox.ids().size();
    var took = new double[count];
    var sent = new long[count];
    for (int i = 0; i < count; i++) {
      sent[i] = System.nanoTime();
      publish(name + i, "a");
    }
    inbox.awaitAll(before + count);
    for (int i = 0; i < count; i++) {
      long arrived = inbox.arrived.getOrDefault(word + ":" + name + i, Long.MAX_VALUE);
      took[i] = (arrived - sent[i]) / 1e6;
    }
    Arrays.sort(took);
    return took[(int) (count * 0.99) - 1];
  }

  @Test
  void bringWhatIsUrgentFirstOfWhatWaits() throws Exception {
    // One that was away: what waits for it is brought when it is there, the urgent first.
    service.stopOne();
    var subscription = subscribe(subscription("urgent", ">").setReplayFrom(now()));
    unsubscribe(subscription.getSubscriptionId());
    for (int i = 0; i < 40; i++) {
      events.publish(event("low" + i, "a").setPriority(Priority.LOW).build());
    }
    for (int i = 0; i < 4; i++) {
      events.publish(event("critical" + i, "a").setPriority(Priority.CRITICAL).build());
    }
    var inbox = new Inbox("urgent", event -> pause());
    subscribe(subscription("urgent", ">").setReplayFrom(subscription.getReplayFrom()));
    inbox.awaitAll(44);
    // Those that were under way already are before them, and those beside.
    assertThat(inbox.ids().subList(0, 24)).contains("critical0", "critical1", "critical2");
    assertThat(inbox.ids().getLast()).startsWith("low");
  }

  private static Timestamp now() {
    return ProtoTimes.timestamp(Instant.now());
  }

  /** So that events come together faster than they are taken. */
  private static void pause() {
    java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
  }

  @Test
  void tryAgainWhatIsNotAnswered() throws Exception {
    var failed = ConcurrentHashMap.<String>newKeySet();
    var got = Collections.synchronizedList(new ArrayList<String>());
    var dispatcher =
        subscriber.createDispatcher(message -> {
          var event = parse(message);
          if (failed.add(event.getEventId())) {
            subscriber.publish(
                message.getReplyTo(),
                new io.nats.client.impl.Headers()
                    .put("Nats-Service-Error-Code", "503")
                    .put("Nats-Service-Error", "not now"),
                new byte[0]);
          } else {
            got.add(event.getEventId());
            subscriber.publish(message.getReplyTo(), new byte[0]);
          }
        });
    dispatcher.subscribe(callback("again"));
    subscriber.flush(BOUND);
    subscribe(subscription("again", ">"));
    publish("1", "a");
    publish("2", "a");
    Await.until(BOUND, "both at the second attempt", () -> got.size() == 2);
    assertThat(got).containsExactlyInAnyOrder(word + ":1", word + ":2");
  }

  @Test
  void keepWhatNobodyListensForUntilSomebodyDoes() throws Exception {
    var away = subscribe(subscription("away", ">"));
    var attempts = refuseAll("beside");
    subscribe(subscription("beside", "first"));
    publish("first", "first");
    for (int i = 1; i < 100; i++) {
      publish("e" + i, "a");
    }
    Await.until(BOUND, "both hold what they can", () -> infoOf(away).getNumAckPending() == 100);
    Await.until(BOUND, "it was time for some attempts", () -> attempts.get() >= 4);
    assertThat(infoOf(away).getRedelivered()).as("attempts that failed").isZero();

    service.stopOne(); // what it holds goes to the other one at once
    var inbox = new Inbox("away");
    inbox.awaitAll(100);
    assertThat(inbox.ids()).doesNotHaveDuplicates();
    assertThat(deadLettersOf(away)).isZero();
  }

  /** What is published is refused there, so that it is tried again and again; counts how often. */
  private AtomicInteger refuseAll(String name) throws Exception {
    var attempts = new AtomicInteger();
    var dispatcher =
        subscriber.createDispatcher(message -> {
          attempts.incrementAndGet();
          subscriber.publish(
              message.getReplyTo(),
              new io.nats.client.impl.Headers()
                  .put("Nats-Service-Error-Code", "503")
                  .put("Nats-Service-Error", "not now"),
              new byte[0]);
        });
    dispatcher.subscribe(callback(name));
    subscriber.flush(BOUND);
    return attempts;
  }

  private ConsumerInfo infoOf(Subscription subscription) throws Exception {
    var management = subscriber.jetStreamManagement();
    for (var info : management.getConsumers("BUS_EVENTS")) {
      if (info.getName().startsWith("sub-" + subscription.getSubscriptionId())
          && !info.getName().endsWith("_redriven")) {
        return info;
      }
    }
    throw new AssertionError("no consumer of " + subscription);
  }

  private long deadLettersOf(Subscription subscription) throws Exception {
    var options = StreamInfoOptions.filterSubjects("dlq.>");
    return subscriber
        .jetStreamManagement()
        .getStreamInfo("DLQ", options)
        .getStreamState()
        .getSubjects()
        .stream()
        .filter(subject -> subject.getName().contains(subscription.getSubscriptionId()))
        .mapToLong(Subject::getCount)
        .sum();
  }

  @Test
  void goOnDeliveringWhenOneOfThemStops() throws Exception {
    var inbox = new Inbox("lasting");
    subscribe(subscription("lasting", ">"));
    for (int i = 0; i < 20; i++) {
      publish("before" + i, "a");
    }
    service.stopOne();
    for (int i = 0; i < 20; i++) {
      publish("after" + i, "a");
    }
    inbox.awaitAll(40);
    assertThat(new HashSet<>(inbox.ids())).hasSize(40);
  }

  private static ListenResponse next(ResponseStream<ListenResponse> stream) {
    assertThat(stream.awaitNext(BOUND)).as("a message in time").isTrue();
    return stream.next().orElseThrow();
  }

  @Test
  void letOneListenFromNowOnAndResumeWithoutAGap() {
    var request = ListenRequest.newBuilder().addEventPatterns(word + ".a.>");
    publish("before", "a.x");
    long position;
    try (var stream = events.listen(request.build())) {
      assertThat(next(stream).hasEvent()).isFalse();
      publish("1", "a.x");
      publish("other", "b");
      var first = next(stream);
      assertThat(first.getEvent().getEventId()).isEqualTo(word + ":1");
      position = first.getPosition();
    }
    publish("2", "a.x");
    publish("3", "a.y.z");
    try (var stream = events.listen(request.setAfter(position).build())) {
      assertThat(next(stream).getEvent().getEventId()).isEqualTo(word + ":2");
      assertThat(next(stream).getEvent().getEventId()).isEqualTo(word + ":3");
      service.stopOne();
      publish("4", "a.x");
      assertThat(next(stream).getEvent().getEventId()).isEqualTo(word + ":4");
    }
    try (var stream = events.listen(request.setAfter(1_000_000_000).build())) {
      assertThat(next(stream).getMissed()).isTrue();
    }
  }

  @Test
  void listenToAttributes() {
    var request =
        ListenRequest.newBuilder().addEventPatterns(word + ".>").addAttributes("zone=docks");
    try (var stream = events.listen(request.build())) {
      assertThat(next(stream).hasEvent()).isFalse();
      publish("1", "a");
      events.publish(event("2", "a").putAttributes("zone", "docks").build());
      assertThat(next(stream).getEvent().getEventId()).isEqualTo(word + ":2");
    }
  }

  @Test
  void replayWhatWasPublishedFromATimeOn() {
    publish("1", "a");
    publish("2", "b");
    var second = publish("3", "a");
    publish("4", "a");
    var all = replay(ReplayRequest.newBuilder().setFrom(Timestamp.newBuilder().setSeconds(1)));
    assertThat(all).containsExactly("1", "3", "4");
    var rest =
        replay(
            ReplayRequest.newBuilder()
                .setFrom(Timestamp.newBuilder().setSeconds(1))
                .setAfter(second.getPosition()));
    assertThat(rest).containsExactly("4");
    var ofAnotherStream =
        replay(
            ReplayRequest.newBuilder()
                .setFrom(Timestamp.newBuilder().setSeconds(1))
                .setAfter(1_000_000_000));
    assertThat(ofAnotherStream).containsExactly("1", "3", "4");
    var none =
        replay(
            ReplayRequest.newBuilder()
                .setFrom(ProtoTimes.timestamp(Instant.now().plusSeconds(60))));
    assertThat(none).isEmpty();
  }

  private List<String> replay(ReplayRequest.Builder request) {
    var ids = new ArrayList<String>();
    try (var stream = events.replay(request.addEventPatterns(word + ".a").build())) {
      for (var next = stream.next(); next.isPresent(); next = stream.next()) {
        ReplayResponse response = next.get();
        ids.add(response.getEvent().getEventId().substring(word.length() + 1));
      }
    }
    return ids;
  }

  @Test
  void replayToASubscriptionFromATimeOn() throws Exception {
    var inbox = new Inbox("late");
    publish("1", "a");
    publish("2", "a");
    subscribe(subscription("late", ">").setReplayFrom(Timestamp.newBuilder().setSeconds(1)));
    publish("3", "a");
    inbox.awaitAll(3);
    assertThat(inbox.ids()).containsExactlyInAnyOrder("1", "2", "3");
  }

  @Test
  void beginWithTheFirstEventOfAStreamThatWasMadeAnew() throws Exception {
    publish("1", "a");
    var inbox = new Inbox("anew");
    var made =
        Subscription.newBuilder()
            .setSubscriptionId("of-another-stream")
            .addEventPatterns(word + ".>")
            .setCallbackSubject(callback("anew"))
            .setCreatedAt(now());
    try (var stores = new DurableStores(() -> subscriber, 1, BOUND)) {
      var stored = StoredSubscription.newBuilder().setSubscription(made).setAfter(1_000_000_000);
      stores
          .open("bus-subscriptions", StoredSubscription.getDefaultInstance())
          .update("of-another-stream", current -> stored.build());
    }
    inbox.awaitAll(1);
    assertThat(inbox.ids()).containsExactly("1");
  }

  @Test
  void keepTheLastHundredEventsOfEachType() {
    for (int i = 0; i < 130; i++) {
      publish("e" + i, "often");
    }
    publish("once", "seldom");
    var seldom = history("seldom").build();
    assertThat(events.getHistory(seldom).getEventsList())
        .extracting(BusEvent::getEventId)
        .containsExactly(word + ":once");
    assertThat(events.getHistory(history("never").build()).getEventsList()).isEmpty();
    var found = new ArrayList<String>();
    var request = history("often").setPageSize(30);
    String token;
    do {
      var page = events.getHistory(request.build());
      page.getEventsList().forEach(event -> found.add(event.getEventId()));
      token = page.getNextPageToken();
      request.setPageToken(token);
    } while (!token.isEmpty());
    assertThat(found)
        .isEqualTo(
            IntStream.iterate(129, i -> i >= 30, i -> i - 1)
                .mapToObj(i -> word + ":e" + i)
                .toList());
  }

  @Test
  void tellOfEachEventAtOnceWhicheverInstanceTookIt() {
    for (int i = 0; i < 40; i++) {
      publish("e" + i, "told");
      var page = events.getHistory(history("told").setPageSize(1).build());
      assertThat(page.getEvents(0).getEventId()).isEqualTo(word + ":e" + i);
    }
  }

  private GetHistoryRequest.Builder history(String type) {
    return GetHistoryRequest.newBuilder().setEventType(word + "." + type);
  }

  @Test
  void refuseWhatIsWrongAndNameIt() {
    assertRefuses(
        () ->
            events.publish(
                PublishRequest.newBuilder()
                    .setEventId("a b")
                    .setEventType("Weather")
                    .setPriorityValue(9)
                    .build()),
        "event_id",
        "event_type",
        "priority");
    assertRefuses(
        () -> events.publish(PublishRequest.getDefaultInstance()), "event_id", "event_type");
    assertRefuses(
        () ->
            events.publish(
                event("bad", "a")
                    .setPayload(
                        Struct.newBuilder()
                            .putFields("n", Value.newBuilder().setNumberValue(Double.NaN).build()))
                    .build()),
        "payload.n");
    assertRefuses(
        () -> events.publish(event("bad", "a").putAttributes("zone", "v".repeat(257)).build()),
        "attributes.zone");
    assertRefuses(
        () -> events.subscribe(SubscribeRequest.getDefaultInstance()),
        "subscriber_id",
        "event_patterns",
        "callback_subject");
    assertRefuses(
        () ->
            events.subscribe(
                subscription("x", "a").setCallbackSubject("svc.weather-manager.v1.get").build()),
        "callback_subject");
    assertRefuses(() -> events.subscribe(subscription("x", "a..b").build()), "event_patterns[0]");
    assertRefuses(
        () -> events.subscribe(subscription("x", "a").putFilters("", "v").build()), "filters");
    assertRefuses(
        () ->
            events.subscribe(
                subscription("x", "a").setReplayFrom(Timestamp.newBuilder().setNanos(-1)).build()),
        "replay_from");
    assertRefuses(
        () -> events.unsubscribe(UnsubscribeRequest.getDefaultInstance()), "subscription_id");
    assertRefuses(
        () ->
            events.listSubscriptions(
                ListSubscriptionsRequest.newBuilder()
                    .setSubscriberId("a b")
                    .setPageSize(-1)
                    .setPageToken("a b")
                    .build()),
        "subscriber_id",
        "page_size",
        "page_token");
    assertRefuses(
        () ->
            events.getHistory(
                GetHistoryRequest.newBuilder()
                    .setEventType("a..b")
                    .setPageSize(101)
                    .setPageToken("x")
                    .build()),
        "event_type",
        "page_size",
        "page_token");
    assertRefuses(
        () -> listen(ListenRequest.newBuilder().addEventPatterns("a>")), "event_patterns[0]");
    assertRefuses(() -> listen(ListenRequest.newBuilder().addAttributes("zone")), "attributes[0]");
    assertRefuses(() -> listen(ListenRequest.newBuilder().setAfter(-1)), "after");
    assertRefuses(() -> replay(ReplayRequest.newBuilder()), "from");
    assertRefuses(
        () -> replay(ReplayRequest.newBuilder().setFrom(Timestamp.newBuilder().setNanos(-1))),
        "from");
  }

  private void listen(ListenRequest.Builder request) {
    try (var stream = events.listen(request.build())) {
      stream.next();
    }
  }
}
