package io.bodybroker.sdk.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.event.Delivery;
import io.bodybroker.sdk.stream.StreamCatalog;
import io.bodybroker.sdk.stream.StreamPublisher;
import io.bodybroker.sdk.stream.Streams;
import io.bodybroker.sdk.test.v1.Echoed;
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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@TestServers(scope = TestServers.Scope.METHOD)
class RedriveTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Redrive AT_ONCE = new Redrive(0, false);

  private Bus bus;
  private DeadLetterQueue queue;
  private volatile boolean isBroken = true;
  private final Map<String, AtomicInteger> handled = new ConcurrentHashMap<>();
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

  @BeforeEach
  void connect(NatsServer nats) throws Exception {
    var config = BusConfig.builder().name("redrive-test").natsUrls(List.of(nats.url())).build();
    bus = Bus.connect(config);
    assertThat(bus.awaitConnected(BOUND)).isTrue();
    var streams =
        new Streams(
            () -> bus.connections().connection(ConnectionRole.STORE),
            StreamCatalog.onClassPath(),
            0,
            BOUND);
    queue =
        new DeadLetterQueue(
            () -> bus.connections().connection(ConnectionRole.STORE),
            new StreamPublisher(streams, BOUND, 100),
            BOUND);
  }

  @AfterEach
  void close() {
    bus.close();
  }

  private void handle(Echoed event, Delivery delivery) {
    if (isBroken) {
      throw ServiceException.of(ErrorCode.FAILED_PRECONDITION, "broken");
    }
    deliveries.add(delivery);
    handled.computeIfAbsent(delivery.id(), id -> new AtomicInteger()).incrementAndGet();
  }

  private AutoCloseable consume() {
    return bus.events()
        .consume(ConsumerSpec.builder("reader", Echoed.getDefaultInstance()).build(), this::handle);
  }

  private void publish(int count) {
    List<CompletableFuture<Void>> published = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      published.add(
          bus.events()
              .publishAsync(Echoed.newBuilder().setText("event " + i).build(), "echo:" + i));
    }
    CompletableFuture.allOf(published.toArray(CompletableFuture[]::new)).join();
  }

  private void awaitDepth(long letters) {
    Await.untilSeen(
        BOUND, "letters", () -> queue.depth(Instant.now()).letters(), count -> count == letters);
  }

  private List<QueuedLetter> letters(DeadLetterFilter filter) {
    var letters = new ArrayList<QueuedLetter>();
    queue.forEach(filter, letters::add);
    return letters;
  }

  @Test
  void sendsAnEventBackToItsConsumerAloneUnderItsOwnName() throws Exception {
    var others = new CopyOnWriteArrayList<String>();
    try (var other =
            bus.events()
                .consume(
                    ConsumerSpec.builder("other", Echoed.getDefaultInstance()).build(),
                    (event, delivery) -> others.add(delivery.id()));
        var unused = consume()) {
      publish(3);
      awaitDepth(3);
      Await.until(BOUND, "the other has all", () -> others.size() == 3);
      isBroken = false;

      queue.redrive(DeadLetterFilter.all(), AT_ONCE, (letter, outcome) -> {});

      Await.until(BOUND, "three events", () -> deliveries.size() == 3);
      awaitDepth(0);
      var first =
          deliveries.stream().filter(d -> d.id().equals("echo:0")).findFirst().orElseThrow();
      assertThat(first.redrives()).isEqualTo(1);
      assertThat(first.subject()).isEqualTo("evt.echo.echoed.v1");
      assertThat(others).hasSize(3);
      Await.until(BOUND, "the other consumes on", other::isConsuming);
    }
  }

  @Test
  void countsHowOftenALetterHasComeBack() throws Exception {
    try (var unused = consume()) {
      publish(1);
      awaitDepth(1);

      queue.redrive(DeadLetterFilter.all(), AT_ONCE, (letter, outcome) -> {});

      Await.untilSeen(
          BOUND,
          "the letter",
          () -> letters(DeadLetterFilter.all()),
          letters -> letters.size() == 1 && letters.getFirst().letter().redrives() == 1);
      assertThat(letters(DeadLetterFilter.all()).getFirst().letter().origin().subject())
          .isEqualTo("evt.echo.echoed.v1");
    }
  }

  @Test
  void losesNoneAndReplaysNoneTwiceWhenItIsInterruptedAndBegunAgain() throws Exception {
    int count = 2000;
    try (var unused = consume()) {
      publish(count);
      awaitDepth(count);
      isBroken = false;
      int interruptions = 0;
      var done = new AtomicInteger();
      while (queue.depth(Instant.now()).letters() > 0) {
        int stopAt = done.get() + 300;
        try {
          queue.redrive(
              DeadLetterFilter.all(),
              AT_ONCE,
              (letter, outcome) -> {
                if (done.incrementAndGet() == stopAt) {
                  throw new IllegalStateException("interrupted");
                }
              });
        } catch (IllegalStateException e) {
          interruptions++;
        }
      }

      Await.until(BOUND, count + " events", () -> handled.size() == count);
      assertThat(interruptions).isGreaterThan(3);
      assertThat(handled.values()).allMatch(times -> times.get() == 1);
    }
  }

  @Test
  void sendsNoneAgainThatAnInterruptedRedriveHadSent(NatsServer nats) throws Exception {
    try (var unused = consume();
        Connection interrupted = Nats.connect(nats.url())) {
      publish(1);
      awaitDepth(1);
      isBroken = false;
      // As a process leaves it that ends between sending it and deleting the queue's copy.
      var headers = new Headers().put("Bb-Event-Id", "echo:0").put("Bb-Redrives", "1");
      interrupted
          .jetStream()
          .publish(subjectOfTheFirst(), headers, Echoed.getDefaultInstance().toByteArray());
      var outcomes = new ArrayList<Redrive.Outcome>();

      queue.redrive(DeadLetterFilter.all(), AT_ONCE, (queued, outcome) -> outcomes.add(outcome));

      assertThat(outcomes).containsExactly(new Redrive.Outcome.WasRedriven());
      awaitDepth(0);
      Await.until(BOUND, "the event", () -> deliveries.size() == 1);
    }
  }

  private String subjectOfTheFirst() {
    var first = letters(DeadLetterFilter.all()).getFirst();
    return "redrive.ECHO.reader.%d-%d"
        .formatted(first.sequence(), first.letter().at().toEpochMilli());
  }

  @Test
  void keepsALetterIfSomethingElseIsWhereItWouldGo(NatsServer nats) throws Exception {
    try (var unused = consume();
        Connection other = Nats.connect(nats.url())) {
      publish(1);
      awaitDepth(1);
      String subject = subjectOfTheFirst();
      for (var headers :
          List.of(
              new Headers().put("Bb-Event-Id", "echo:7").put("Bb-Redrives", "1"),
              new Headers().put("Bb-Event-Id", "echo:0").put("Bb-Redrives", "2"))) {
        other.jetStream().publish(subject, headers, Echoed.getDefaultInstance().toByteArray());
        var outcomes = new ArrayList<Redrive.Outcome>();

        queue.redrive(
            DeadLetterFilter.builder().sequence(1).build(),
            AT_ONCE,
            (queued, outcome) -> outcomes.add(outcome));

        assertThat(outcomes)
            .containsExactly(
                new Redrive.Outcome.Kept("another message than this letter is on " + subject));
        assertThat(letters(DeadLetterFilter.builder().sequence(1).build())).hasSize(1);
      }
    }
  }

  @Test
  void deliversLettersOfAQueueThatWasMadeAnew(NatsServer nats) throws Exception {
    try (var unused = consume();
        Connection outside = Nats.connect(nats.url())) {
      publish(1);
      awaitDepth(1);
      isBroken = false;
      queue.redrive(DeadLetterFilter.all(), AT_ONCE, (queued, outcome) -> {});
      Await.until(BOUND, "the first", () -> handled.containsKey("echo:0"));
      isBroken = true;
      outside.jetStreamManagement().deleteStream("DLQ");

      bus.events().publish(Echoed.newBuilder().setText("later").build(), "later");
      Await.until(
          BOUND,
          "a letter in a queue made anew",
          () -> streams(outside).contains("DLQ") && queue.depth(Instant.now()).letters() == 1);
      assertThat(letters(DeadLetterFilter.all()).getFirst().sequence()).isEqualTo(1);
      isBroken = false;
      var outcomes = new ArrayList<Redrive.Outcome>();
      queue.redrive(DeadLetterFilter.all(), AT_ONCE, (queued, outcome) -> outcomes.add(outcome));

      assertThat(outcomes).containsExactly(new Redrive.Outcome.Redriven());
      Await.until(BOUND, "the later one", () -> handled.containsKey("later"));
    }
  }

  private static List<String> streams(Connection connection) throws Exception {
    return connection.jetStreamManagement().getStreamNames();
  }

  private void putBack(QueuedLetter letter) {
    var streams =
        new Streams(
            () -> bus.connections().connection(ConnectionRole.STORE),
            StreamCatalog.onClassPath(),
            0,
            BOUND);
    var again = letter.letter();
    new DeadLetters(new StreamPublisher(streams, BOUND, 1))
        .put(
            new DeadLetter(
                new DeadLetter.Origin.Event("evt.echo.echoed.v1", "ECHO", 99, "reader"),
                again.service(),
                again.instance(),
                again.attempts(),
                again.code(),
                again.message(),
                again.at(),
                again.redrives(),
                again.headers(),
                again.payload()));
  }

  @Test
  void meansOnlyTheLettersItsFilterMeans() throws Exception {
    try (var unused = consume()) {
      publish(2);
      awaitDepth(2);
      putBack(letters(DeadLetterFilter.all()).getFirst());

      assertThat(letters(DeadLetterFilter.builder().service("redrive-test").build())).hasSize(3);
      assertThat(letters(DeadLetterFilter.builder().service("nobody").build())).isEmpty();
      assertThat(letters(DeadLetterFilter.builder().work("reader").build())).hasSize(3);
      assertThat(letters(DeadLetterFilter.builder().code(ErrorCode.INTERNAL).build())).isEmpty();
      assertThat(letters(DeadLetterFilter.builder().sequence(2).build())).hasSize(1);
      assertThat(letters(DeadLetterFilter.builder().sequence(9).build())).isEmpty();
      assertThat(letters(DeadLetterFilter.builder().subject("evt.x").build())).isEmpty();
      var now = Instant.now().plusSeconds(1);
      assertThat(letters(DeadLetterFilter.builder().since(now).build())).isEmpty();
      assertThat(letters(DeadLetterFilter.builder().until(now).build())).hasSize(3);
    }
  }

  @Test
  void changesNothingInADryRun() throws Exception {
    try (var unused = consume()) {
      publish(2);
      awaitDepth(2);
      var told = new ArrayList<Long>();

      queue.redrive(
          DeadLetterFilter.all(),
          new Redrive(0, true),
          (letter, outcome) -> told.add(letter.sequence()));
      queue.purge(DeadLetterFilter.all(), true, letter -> told.add(letter.sequence()));

      assertThat(told).containsExactly(1L, 2L, 1L, 2L);
      awaitDepth(2);
    }
  }

  @Test
  void purgesTheLettersItsFilterMeans() throws Exception {
    try (var unused = consume()) {
      publish(3);
      awaitDepth(3);

      queue.purge(DeadLetterFilter.builder().sequence(2).build(), false, letter -> {});

      assertThat(letters(DeadLetterFilter.all()))
          .extracting(QueuedLetter::sequence)
          .containsExactly(1L, 3L);
    }
  }

  @Test
  void redrivesNoFasterThanItsRate() throws Exception {
    try (var unused = consume()) {
      publish(10);
      awaitDepth(10);
      long begun = System.nanoTime();

      queue.redrive(DeadLetterFilter.all(), new Redrive(50, false), (letter, outcome) -> {});

      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isGreaterThanOrEqualTo(Duration.ofMillis(180));
    }
  }

  @Test
  void refusesARateThatIsNone() {
    assertThatThrownBy(() -> new Redrive(-1, false)).hasMessageContaining("perSecond: -1");
  }
}
