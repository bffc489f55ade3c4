package io.bodybroker.sdk.event;

import static io.bodybroker.sdk.event.EventBus.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.StringValue;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.Echoed;
import io.bodybroker.sdk.test.v1.Said;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TestServers(scope = TestServers.Scope.METHOD)
class TopicEventsTest {
  private Bus bus;
  private TopicEvents<Said> said;

  @BeforeEach
  void connectTo(NatsServer nats) throws InterruptedException {
    bus = EventBus.withStream(nats.url());
    said = bus.topics(Said.getDefaultInstance());
  }

  @AfterEach
  void close() {
    bus.close();
  }

  private static Said text(String text) {
    return Said.newBuilder().setText(text).build();
  }

  private List<String> read(String pattern, ReadFrom from) {
    var topics = new ArrayList<String>();
    try (var reader = said.read(pattern, from)) {
      for (var next = reader.nextWaiting(); next.isPresent(); next = reader.nextWaiting()) {
        topics.add(next.get().topic());
      }
    }
    return topics;
  }

  @Test
  void arePublishedUnderTheirTopicsAndFoundWhereTheyAre(NatsServer nats) throws Exception {
    var published = said.publish(text("hello"), "harbour.flood", "flood:1");

    assertThat(published).isEqualTo(new Published(1, false));
    assertThat(said.find(1))
        .contains(new TopicEvent<>(1, "harbour.flood", "flood:1", text("hello")));
    assertThat(said.find(2)).isEmpty();
    try (Connection operator = Nats.connect(nats.url())) {
      assertThat(operator.jetStreamManagement().getMessage("ECHO", 1).getSubject())
          .isEqualTo("evt.echo.said.v1.harbour.flood");
    }
  }

  @Test
  void tellWhereTheyWereIfTheyArePublishedAgain() {
    said.publish(text("one"), "a", "1");
    said.publish(text("two"), "a", "2");

    assertThat(said.publish(text("other"), "b", "1")).isEqualTo(new Published(1, true));
    assertThat(said.lastSequence()).isEqualTo(2);
  }

  @Test
  void areFoundByTheirTopicTheLastOfEach() {
    said.publish(text("one"), "a", "1");
    said.publish(text("two"), "a", "2");
    said.publish(text("three"), "a.b", "3");

    assertThat(said.last("a")).contains(new TopicEvent<>(2, "a", "2", text("two")));
    assertThat(said.last("a.b")).contains(new TopicEvent<>(3, "a.b", "3", text("three")));
    assertThat(said.last("b")).isEmpty();
  }

  @Test
  void areReadByTopicFromWhereOneLikes() {
    assertThat(said.lastSequence()).isZero();
    assertThat(said.firstSequence()).isEqualTo(1);
    for (String topic : List.of("a.x", "a.y", "b.x", "a", "a.x.z")) {
      said.publish(text(topic), topic, topic);
    }
    bus.events().publish(Echoed.getDefaultInstance(), "no-topic");

    assertThat(read(">", ReadFrom.beginning())).containsExactly("a.x", "a.y", "b.x", "a", "a.x.z");
    assertThat(read("a.*", ReadFrom.beginning())).containsExactly("a.x", "a.y");
    assertThat(read("a.>", ReadFrom.after(1))).containsExactly("a.y", "a.x.z");
    assertThat(read("*.x", ReadFrom.at(Instant.EPOCH))).containsExactly("a.x", "b.x");
    assertThat(read(">", ReadFrom.now())).isEmpty();
    assertThat(read(">", ReadFrom.at(Instant.now().plusSeconds(60)))).isEmpty();
  }

  @Test
  void areReadToTheirEndAlsoIfSomeAreGoneMeanwhile(NatsServer nats) throws Exception {
    for (int i = 1; i <= 1000; i++) {
      said.publish(text("a"), "a", Integer.toString(i));
    }
    try (Connection operator = Nats.connect(nats.url());
        var none = said.read("a", ReadFrom.beginning());
        var some = said.read("a", ReadFrom.beginning())) {
      assertThat(some.nextWaiting()).isPresent();
      operator.jetStreamManagement().purgeStream("ECHO");
      assertThat(none.waiting()).isEqualTo(1000);
      assertThat(none.nextWaiting()).isEmpty();
      int read = 1;
      while (some.nextWaiting().isPresent()) {
        read++;
      }
      assertThat(read).isLessThan(1000);
    }
  }

  @Test
  void areReadUpToThoseThereWere() {
    said.publish(text("a"), "a", "1");
    said.publish(text("b"), "a", "2");
    try (var reader = said.read("a", ReadFrom.beginning())) {
      said.publish(text("c"), "a", "3");
      assertThat(reader.nextWaiting()).isPresent();
      assertThat(reader.nextWaiting()).isPresent();
      assertThat(reader.nextWaiting()).isEmpty();
      assertThat(reader.next().event()).isEqualTo(text("c"));
    }
  }

  @Test
  void areWaitedForByAReader() {
    try (var reader = said.read("a", ReadFrom.now())) {
      assertThat(reader.waiting()).isZero();
      said.publish(text("soon"), "a", "1");
      assertThat(reader.next().event()).isEqualTo(text("soon"));
    }
  }

  @Test
  void refuseTopicsAndTypesThatAreNone() {
    assertThatThrownBy(() -> said.publish(text("x"), "a.*", "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("topic: \"a.*\"");
    assertThatThrownBy(() -> said.read("a.>.b", ReadFrom.beginning()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pattern: \"a.>.b\"");
    assertThatThrownBy(() -> bus.topics(Echoed.getDefaultInstance()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("topics: true");
  }

  private static ConsumerSpec<Said> consumer(String name) {
    return ConsumerSpec.builder(name, Said.getDefaultInstance())
        .backoff(Duration.ofMillis(20), Duration.ofMillis(100))
        .build();
  }

  @Test
  void goToAConsumerOfTheirTopicsFromWhereItBegins() throws Exception {
    said.publish(text("before"), "a.x", "1");
    long after = said.lastSequence();
    said.publish(text("one"), "a.x", "2");
    said.publish(text("other"), "b.x", "3");
    var got = new ConcurrentLinkedQueue<String>();
    try (var consumption =
        said.consume(
            consumer("by-topic"),
            "a.>",
            ReadFrom.after(after),
            (event, delivery) -> {
              got.add(event.getText());
              if (delivery.attempt() == 1) {
                throw new IllegalStateException("once more");
              }
            })) {
      Await.until(BOUND, "both attempts", () -> got.size() == 2);
      said.publish(text("two"), "a.y", "4");
      Await.until(BOUND, "the next", () -> got.size() == 4);
    }
    assertThat(got).containsExactly("one", "one", "two", "two");
  }

  @Test
  void goToAConsumerThatCanBeRemoved(NatsServer nats) throws Exception {
    var spec = consumer("for-a-while");
    try (var consumption = said.consume(spec, "a", ReadFrom.beginning(), (event, delivery) -> {})) {
      Await.until(BOUND, "consuming", consumption::isConsuming);
    }
    try (Connection operator = Nats.connect(nats.url())) {
      var management = operator.jetStreamManagement();
      assertThat(management.getConsumerNames("ECHO"))
          .contains("for-a-while", "for-a-while_redriven");
      assertThat(
              management
                  .getConsumerInfo("ECHO", "for-a-while")
                  .getConsumerConfiguration()
                  .getMaxDeliver())
          .isPositive();
      said.remove(spec);
      said.remove(spec);
      assertThat(management.getConsumerNames("ECHO"))
          .doesNotContain("for-a-while", "for-a-while_redriven");
    }
    assertThat(bus.consumerProblems()).isEmpty();
  }

  @Test
  void areDeliveredWithAnAnswer(NatsServer nats) throws Exception {
    try (Connection listener = Nats.connect(nats.url())) {
      var dispatcher =
          listener.createDispatcher(message -> {
            var headers = new Headers();
            if (message.getSubject().endsWith("refuses")) {
              headers.put("Nats-Service-Error-Code", "412").put("Nats-Service-Error", "not now");
            }
            listener.publish(message.getReplyTo(), headers, new byte[0]);
          });
      dispatcher.subscribe("callback.takes").subscribe("callback.refuses");
      listener.subscribe("callback.sleeps");
      listener.flush(BOUND);

      deliver("callback.takes");
      assertThat(failure("callback.refuses").message()).isEqualTo("not now");
      assertThat(failure("callback.nobody").code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(failure("callback.nobody").mayHaveExecuted()).isFalse();
      assertThat(failure("callback.sleeps").code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    }
  }

  private void deliver(String subject) {
    bus.events().deliver(subject, StringValue.of("x"), "1", Duration.ofMillis(500));
  }

  private ServiceException failure(String subject) {
    return catchThrowableOfType(ServiceException.class, () -> deliver(subject));
  }
}
