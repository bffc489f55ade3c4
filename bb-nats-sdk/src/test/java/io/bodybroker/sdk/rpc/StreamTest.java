package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.CountRequest;
import io.bodybroker.sdk.test.v1.CountResponse;
import io.bodybroker.sdk.test.v1.FeedClient;
import io.bodybroker.sdk.test.v1.FollowRequest;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What reader and writer of a stream can rely on, over a real server. */
@TestServers
class StreamTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Duration STOPPED = Duration.ofSeconds(1);

  private final NatsServer nats;

  StreamTest(NatsServer nats) {
    this.nats = nats;
  }

  private RunningEcho serving(TestFeed feed) throws InterruptedException {
    return RunningEcho.start(nats.url(), feed);
  }

  private static CountRequest upTo(long number) {
    return CountRequest.newBuilder().setTo(number).build();
  }

  private static List<Long> numbers(ResponseStream<CountResponse> stream) {
    var numbers = new ArrayList<Long>();
    stream.forEach(message -> numbers.add(message.getNumber()));
    return numbers;
  }

  private static List<Long> oneTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void readsEveryMessageInOrder() throws Exception {
    try (var running = serving(new TestFeed())) {
      var numbers = new ArrayList<Long>();
      // @start region="read"
      var feed = FeedClient.on(running.bus());
      try (ResponseStream<CountResponse> stream = feed.count(upTo(1_000))) {
        for (CountResponse message : stream) {
          numbers.add(message.getNumber());
        }
      }
      // @end
      assertThat(numbers).isEqualTo(oneTo(1_000));
    }
  }

  @Test
  void givesEveryMessageToAConsumer() throws Exception {
    try (var running = serving(new TestFeed())) {
      var numbers = new ArrayList<Long>();
      FeedClient.on(running.bus())
          .countAsync(upTo(1_000), message -> numbers.add(message.getNumber()))
          .join();

      assertThat(numbers).isEqualTo(oneTo(1_000));
    }
  }

  @Test
  void endsAtOnceWhenThereIsNothing() throws Exception {
    try (var running = serving(new TestFeed());
        var stream = FeedClient.on(running.bus()).count(upTo(0))) {
      assertThat(stream.next()).isEmpty();
      assertThat(stream.next()).as("asked again").isEmpty();
    }
  }

  @Test
  void tellsAnErrorAfterTheMessagesBeforeIt() throws Exception {
    var refusal = ServiceException.of(ErrorCode.FAILED_PRECONDITION, "the well is dry");
    var feed =
        new TestFeed(
            "",
            () -> {
              throw refusal;
            });
    try (var running = serving(feed);
        var stream = FeedClient.on(running.bus()).count(upTo(100))) {
      for (long number = 1; number <= 100; number++) {
        assertThat(stream.next().orElseThrow().getNumber()).isEqualTo(number);
      }
      var error = catchThrowableOfType(ServiceException.class, stream::next);
      assertThat(error.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
      assertThat(error.origin()).isEqualTo(ErrorOrigin.SERVER);
      assertThat(error.message()).isEqualTo("the well is dry");
    }
  }

  @Test
  void keepsTheCauseOfAnUnexpectedErrorToItself() throws Exception {
    var feed =
        new TestFeed(
            "",
            () -> {
              throw new IllegalStateException("secret");
            });
    try (var running = serving(feed);
        var stream = FeedClient.on(running.bus()).count(upTo(1))) {
      var error = catchThrowableOfType(ServiceException.class, () -> numbers(stream));

      assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL);
      assertThat(error.message()).doesNotContain("secret").contains(error.errorId().orElseThrow());
    }
  }

  @Test
  void refusesARequestThatBreaksTheRules() throws Exception {
    try (var running = serving(new TestFeed())) {
      var error =
          catchThrowableOfType(
              ServiceException.class, () -> FeedClient.on(running.bus()).count(upTo(-1)));

      assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
      assertThat(error.fieldViolations()).hasSize(1);
    }
  }

  @Test
  void answersUnavailableAtOnceWhenNobodyServes() throws Exception {
    try (var bus = Bus.connect(RunningEcho.config(nats.url()).build())) {
      assertThat(bus.awaitConnected(BOUND)).isTrue();
      var error =
          catchThrowableOfType(ServiceException.class, () -> FeedClient.on(bus).count(upTo(1)));

      assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(error.mayHaveExecuted()).isFalse();
    }
  }

  @Test
  void answersResourceExhaustedWhenTooManyAreOpen() throws Exception {
    try (var running =
            RunningEcho.start(
                nats.url(),
                context -> context.serve(TestFeed.lasting()),
                config -> config.serveMaxStreams(1));
        var first = FeedClient.on(running.bus()).count(upTo(1))) {
      assertThat(first.next()).isPresent();
      var error =
          catchThrowableOfType(
              ServiceException.class, () -> FeedClient.on(running.bus()).count(upTo(1)));

      assertThat(error.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
    }
  }

  @Test
  void stopsTheWriterWhenTheReaderHasEnough() throws Exception {
    var feed = new TestFeed();
    try (var running = serving(feed)) {
      var stream = FeedClient.on(running.bus()).count(upTo(Long.MAX_VALUE));
      assertThat(stream.next()).isPresent();
      stream.close();
      stream.close();

      Await.until(STOPPED, "the handler to stop", () -> feed.handlersAtWork() == 0);
      assertThatThrownBy(stream::next).hasMessageContaining("closed");
      Await.until(BOUND, "the call to end", () -> running.host().inFlight() == 0);
    }
  }

  @Test
  void stopsASilentWriterWhenTheReaderHasEnough() throws Exception {
    var feed = TestFeed.lasting();
    try (var running = serving(feed)) {
      try (var stream = FeedClient.on(running.bus()).count(upTo(1))) {
        assertThat(stream.next()).isPresent();
      }
      Await.until(STOPPED, "the handler to stop", () -> feed.handlersAtWork() == 0);
    }
  }

  @Test
  void stopsTheWriterWhenAnAsynchronousReaderIsCancelled() throws Exception {
    var feed = TestFeed.lasting();
    try (var running = serving(feed)) {
      var read = new CountDownLatch(1);
      CompletableFuture<Void> done =
          FeedClient.on(running.bus()).countAsync(upTo(1), message -> read.countDown());
      read.await();
      assertThat(done.cancel(true)).isTrue();

      assertThatThrownBy(done::join).isInstanceOf(CancellationException.class);
      Await.until(STOPPED, "the handler to stop", () -> feed.handlersAtWork() == 0);
    }
  }

  @Test
  void failsWithWhatTheConsumerThrowsAndStopsTheWriter() throws Exception {
    var feed = TestFeed.lasting();
    try (var running = serving(feed)) {
      CompletableFuture<Void> done =
          FeedClient.on(running.bus())
              .countAsync(
                  upTo(1),
                  message -> {
                    throw new IllegalStateException("consumer");
                  });

      assertThatThrownBy(done::join)
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage("consumer");
      Await.until(STOPPED, "the handler to stop", () -> feed.handlersAtWork() == 0);
    }
  }

  @Test
  void stopsASilentWriterWhenTheReadersProcessIsGone() throws Exception {
    var feed = TestFeed.lasting();
    try (var running = serving(feed);
        var stream = FeedClient.on(running.bus()).count(upTo(1))) {
      assertThat(stream.next()).isPresent();
      running.bus().close();

      Await.until(STOPPED, "the handler to stop", () -> feed.handlersAtWork() == 0);
      var error = catchThrowableOfType(ServiceException.class, stream::next);
      assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }
  }

  @Test
  void interruptsAReaderThatWaitsAndKeepsItsStatus() throws Exception {
    var feed = TestFeed.lasting();
    try (var running = serving(feed);
        var stream = FeedClient.on(running.bus()).count(upTo(0))) {
      Thread.currentThread().interrupt();
      var error = catchThrowableOfType(ServiceException.class, stream::next);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED);
    }
  }

  @Test
  void waitsForTheReader() throws Exception {
    var feed = new TestFeed();
    try (var running = serving(feed);
        var stream = FeedClient.on(running.bus()).count(upTo(2_000))) {
      for (long number = 1; number <= 2_000; number++) {
        assertThat(stream.next().orElseThrow().getNumber()).isEqualTo(number);
        assertThat(feed.sent() - number).as("messages ahead of the reader").isLessThanOrEqualTo(64);
        if (number % 50 == 0 && number < 1_900) {
          // A reader so slow that its writer is ahead by as much as it is let.
          long read = number;
          Await.until(BOUND, "the writer to be ahead", () -> feed.sent() - read >= 32);
        }
      }
      assertThat(stream.next()).isEmpty();
    }
  }

  @Test
  void holdsABoundedNumberOfBytes() throws Exception {
    var feed = new TestFeed();
    int size = 100_000;
    var request = CountRequest.newBuilder().setTo(50).setPadding(size).build();
    try (var running = serving(feed);
        var stream = FeedClient.on(running.bus()).count(request)) {
      for (long number = 1; number <= 50; number++) {
        assertThat(stream.next().orElseThrow().getPadding().size()).isEqualTo(size);
        assertThat((feed.sent() - number) * size)
            .as("bytes ahead of the reader")
            .isLessThanOrEqualTo(262_144 + size);
      }
      assertThat(stream.next()).isEmpty();
    }
  }

  @Test
  void staysOpenWhileNobodySaysAnything() throws Exception {
    var keepAlive = Duration.ofMillis(20);
    var feed = TestFeed.lasting();
    try (var running =
            RunningEcho.start(
                nats.url(),
                context -> context.serve(feed),
                config -> config.streamKeepAlive(keepAlive));
        var bus = Bus.connect(RunningEcho.config(nats.url()).streamKeepAlive(keepAlive).build())) {
      assertThat(bus.awaitConnected(BOUND)).isTrue();
      try (var stream = FeedClient.on(bus).count(upTo(1))) {
        assertThat(stream.next()).isPresent();
        // Three times as long as a silent end would be waited for.
        assertThat(stream.awaitNext(keepAlive.multipliedBy(60))).isFalse();
        assertThat(feed.handlersAtWork()).isEqualTo(1);
      }
    }
  }

  @Test
  void endsWithAnErrorWhenTheInstanceIsGone() throws Exception {
    try (var running = serving(TestFeed.lasting());
        var stream = FeedClient.on(running.bus()).count(upTo(10))) {
      for (int i = 0; i < 10; i++) {
        assertThat(stream.next()).isPresent();
      }
      // As a crash does: its connections are closed and nothing is said.
      running.host().bus().connections().close();

      long begin = System.nanoTime();
      var error = catchThrowableOfType(ServiceException.class, stream::next);
      assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void endsWithAnErrorWhenTheInstanceShutsDown() throws Exception {
    try (var running = serving(TestFeed.lasting());
        var stream = FeedClient.on(running.bus()).count(upTo(10))) {
      assertThat(stream.next()).isPresent();
      running.host().close();

      var error = catchThrowableOfType(ServiceException.class, () -> numbers(stream));
      assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(error.message()).contains("shuts down");
    }
  }

  @Test
  void goesOnWithAnotherInstanceWithoutAGap() throws Exception {
    try (var first = serving(new TestFeed("one", () -> {}));
        var second = serving(new TestFeed("two", () -> {}));
        var stream = FeedClient.on(second.bus()).follow(FollowRequest.getDefaultInstance())) {
      long number = 0;
      String served = "";
      for (; number < 100; number++) {
        var message = stream.next().orElseThrow();
        assertThat(message.getNumber()).isEqualTo(number + 1);
        served = message.getInstance();
      }
      (served.equals("one") ? first : second).host().close();
      while (true) {
        var message = stream.next().orElseThrow();
        assertThat(message.getNumber()).isEqualTo(++number);
        if (!message.getInstance().equals(served)) {
          break;
        }
      }
    }
  }

  @Test
  void goesOnWithoutAGapWhenNatsIsBack() throws Exception {
    try (var own = NatsServer.start();
        var running = RunningEcho.start(own.url(), new TestFeed());
        var stream = FeedClient.on(running.bus()).follow(FollowRequest.getDefaultInstance())) {
      for (long number = 1; number <= 100; number++) {
        assertThat(stream.next().orElseThrow().getNumber()).isEqualTo(number);
      }
      own.kill();
      own.restart();
      for (long number = 101; number <= 1_000; number++) {
        assertThat(stream.next().orElseThrow().getNumber()).isEqualTo(number);
      }
    }
  }

  @Test
  void givesUpResumingWhenNobodyServesForTooLong() throws Exception {
    try (var running = serving(new TestFeed());
        var bus =
            Bus.connect(
                RunningEcho.config(nats.url()).streamResumeFor(Duration.ofMillis(100)).build())) {
      assertThat(bus.awaitConnected(BOUND)).isTrue();
      try (var stream = FeedClient.on(bus).follow(FollowRequest.getDefaultInstance())) {
        assertThat(stream.next()).isPresent();
        running.host().close();

        var error =
            catchThrowableOfType(
                ServiceException.class,
                () -> {
                  while (stream.next().isPresent()) {
                    assertThat(stream).isNotNull();
                  }
                });
        assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThatThrownBy(stream::next).as("asked again").isSameAs(error);
      }
    }
  }
}
