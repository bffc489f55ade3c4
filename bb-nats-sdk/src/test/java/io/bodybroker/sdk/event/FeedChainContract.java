package io.bodybroker.sdk.event;

import static io.bodybroker.sdk.event.EventBus.BOUND;
import static io.bodybroker.sdk.event.EventBus.echoed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.stream.StreamPublisher;
import io.bodybroker.sdk.test.v1.Echoed;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a chain keeps, wherever the stream is. */
@SuppressWarnings("NullAway.Init") // whoever extends it connects before each test
abstract class FeedChainContract {
  private static final FeedSpec<Echoed> FEED =
      new FeedSpec<>(List.of(Echoed.getDefaultInstance()), change -> Optional.empty());

  private Bus bus;
  private Connection operator;

  void connect(String urls) throws Exception {
    bus = EventBus.withStream(urls);
    operator = Nats.connect(urls);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
    bus.close();
  }

  private FeedChain chain() {
    var publisher = new StreamPublisher(bus.streams(), Duration.ofSeconds(10), 1024);
    return new FeedChain("numbers", FEED, publisher, new EventSubjects());
  }

  private static void publish(FeedChain chain, int number) {
    chain.publish(echoed(number), "id-" + number, Map.of());
  }

  private List<Integer> published() throws Exception {
    var management = operator.jetStreamManagement();
    var numbers = new ArrayList<Integer>();
    long last = management.getStreamInfo("ECHO").getStreamState().getLastSequence();
    for (long i = 1; i <= last; i++) {
      var message = management.getMessage("ECHO", i);
      if (Objects.equals(message.getSubject(), "evt.echo.echoed.v1")) {
        var data = Objects.requireNonNull(message.getData(), "data");
        numbers.add(Integer.parseInt(Echoed.parseFrom(data).getText()));
      }
    }
    return numbers;
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void keepsOrderWithManyOnTheirWay() throws Exception {
    var chain = chain();
    chain.look();

    numbers(0, 1000).forEach(number -> publish(chain, number));
    chain.flush();

    assertThat(published()).isEqualTo(numbers(0, 1000));
  }

  @Test
  void keepsOrderWhileOthersPublishInTheSameStream() throws Exception {
    var chain = chain();
    chain.look();
    var isDone = new AtomicBoolean();
    var other =
        Thread.ofPlatform()
            .start(() -> {
              while (!isDone.get()) {
                operator.publish("evt.echo.other.v1", new byte[0]);
                Thread.onSpinWait();
                java.util.concurrent.locks.LockSupport.parkNanos(100_000);
              }
            });

    numbers(0, 1000).forEach(number -> publish(chain, number));
    chain.flush();
    isDone.set(true);
    other.join();

    assertThat(published()).isEqualTo(numbers(0, 1000));
  }

  @Test
  void isRefusedBehindAnotherPublisherAndGoesOnOnceItHasLooked() throws Exception {
    var mine = chain();
    var others = chain();
    mine.look();
    others.look();
    publish(others, 0);
    others.flush();

    publish(mine, 100);
    publish(mine, 101);
    var refusal = catchThrowableOfType(ServiceException.class, mine::flush);
    mine.look();
    publish(mine, 1);
    mine.flush();

    assertThat(refusal.code()).isEqualTo(ErrorCode.ABORTED);
    assertThat(published()).isEqualTo(numbers(0, 2));
  }

  @Test
  void twoThatRaceMakeOneSequence() throws Exception {
    int count = 300;
    var errors = new ArrayList<Throwable>();
    var racers = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      racers.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((thread, e) -> errors.add(e))
              .start(() -> race(count)));
    }
    for (Thread racer : racers) {
      assertThat(racer.join(BOUND)).as("ended").isTrue();
    }

    assertThat(errors).isEmpty();
    assertThat(published()).isEqualTo(numbers(0, count));
  }

  /** As a feed does: looks how far it has come, goes on from there until it is refused. */
  private void race(int count) {
    var chain = chain();
    int next = 0;
    while (next < count) {
      next =
          chain.look().stream()
              .mapToInt(headers -> Integer.parseInt(headers.getOrDefault("Number", "-1")) + 1)
              .max()
              .orElse(0);
      try {
        for (int number = next; number < Math.min(next + 20, count); number++) {
          // Ids of its own, so that nothing but the chain keeps it from coming twice.
          chain.publish(
              echoed(number),
              number + "-" + System.nanoTime(),
              Map.of("Number", Integer.toString(number)));
        }
        chain.flush();
      } catch (ServiceException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.ABORTED);
      }
    }
  }
}
