package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.CountRequest;
import io.bodybroker.sdk.test.v1.CountResponse;
import io.bodybroker.sdk.test.v1.FeedClient;
import io.bodybroker.sdk.test.v1.FeedService;
import io.bodybroker.sdk.test.v1.FollowRequest;
import io.bodybroker.sdk.test.v1.FollowResponse;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Streams that go on for longer than either end waits for the other. */
@TestServers
class LastingStreamTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Duration KEEP_ALIVE = Duration.ofMillis(50);
  private static final Duration TICK = Duration.ofMillis(40);

  private final NatsServer nats;

  LastingStreamTest(NatsServer nats) {
    this.nats = nats;
  }

  /** One stream ticks a little more often than its keep-alives, the other fails once it is open. */
  private static final class OddFeed implements FeedService {
    private final AtomicInteger opened = new AtomicInteger();

    @Override
    public void count(
        CountRequest request, CallContext call, ResponseWriter<CountResponse> responses) {
      for (long number = 1; number <= request.getTo(); number++) {
        LockSupport.parkNanos(TICK.toNanos());
        responses.send(CountResponse.newBuilder().setNumber(number).build());
      }
    }

    @Override
    public void follow(
        FollowRequest request, CallContext call, ResponseWriter<FollowResponse> responses) {
      opened.incrementAndGet();
      throw ServiceException.of(ErrorCode.UNAVAILABLE, "the well is dry");
    }
  }

  @Test
  void goesOnWhileMessagesComeMoreOftenThanKeepAlives() throws Exception {
    // Too few for new credit, and longer than a writer believes in a reader it does not hear of.
    int messages = 30;
    assertThat(TICK.multipliedBy(messages)).isGreaterThan(KEEP_ALIVE.multipliedBy(20));
    try (var running =
            RunningEcho.start(
                nats.url(),
                context -> context.serve(new OddFeed()),
                config -> config.streamKeepAlive(KEEP_ALIVE));
        var stream =
            FeedClient.on(running.bus()).count(CountRequest.newBuilder().setTo(messages).build())) {
      long read = 0;
      for (CountResponse message : stream) {
        assertThat(message.getNumber()).isEqualTo(++read);
      }
      assertThat(read).isEqualTo(messages);
    }
  }

  @Test
  void givesUpResumingWhatIsOpenedAndFailsAgainAndAgain() throws Exception {
    var feed = new OddFeed();
    try (var running = RunningEcho.start(nats.url(), feed);
        var bus =
            Bus.connect(
                RunningEcho.config(nats.url()).streamResumeFor(Duration.ofMillis(100)).build())) {
      assertThat(running.host().isReady()).isTrue();
      assertThat(bus.awaitConnected(BOUND)).isTrue();
      CompletableFuture<Void> done =
          FeedClient.on(bus).followAsync(FollowRequest.getDefaultInstance(), message -> {});

      assertThatThrownBy(() -> done.get(BOUND.toSeconds(), TimeUnit.SECONDS))
          .hasMessageContaining("the well is dry");
      assertThat(feed.opened.get()).as("tried anew").isGreaterThan(1);
    }
  }
}
