package io.bodybroker.sdk.rpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.CountRequest;
import io.bodybroker.sdk.test.v1.CountResponse;
import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.FeedClient;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The frames and signals of a stream, with plain jnats as the other side. */
@TestServers
class StreamWireTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String SUBJECT = "svc.feed.v1.count";

  private final NatsServer nats;

  StreamWireTest(NatsServer nats) {
    this.nats = nats;
  }

  /** A writer of our own: where it listens, and what it answers a request with. */
  private ServiceException failureWith(BiConsumer<Connection, Message> writer) throws Exception {
    try (Connection raw = Nats.connect(nats.url());
        var bus =
            Bus.connect(
                RunningEcho.config(nats.url()).streamKeepAlive(Duration.ofMillis(50)).build())) {
      var written = new CountDownLatch(1);
      Dispatcher dispatcher =
          raw.createDispatcher(request -> {
            writer.accept(raw, request);
            flush(raw);
            written.countDown();
          });
      dispatcher.subscribe(SUBJECT);
      raw.flush(BOUND);
      assertThat(bus.awaitConnected(BOUND)).isTrue();
      return catchThrowableOfType(ServiceException.class, () -> readAll(bus, written));
    }
  }

  private static void flush(Connection raw) {
    try {
      raw.flush(BOUND);
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void readAll(Bus bus, CountDownLatch written) throws InterruptedException {
    try (var stream = FeedClient.on(bus).count(CountRequest.getDefaultInstance())) {
      assertThat(written.await(BOUND.toSeconds(), SECONDS)).isTrue();
      // All that was written has been taken in when this is answered, for it comes on the same
      // inbox.
      assertThat(catchThrowableOfType(ServiceException.class, () -> askNobody(bus)).code())
          .isEqualTo(ErrorCode.UNAVAILABLE);
      while (stream.next().isPresent()) {
        assertThat(stream).isNotNull();
      }
    }
  }

  private static void askNobody(Bus bus) {
    EchoClient.on(bus).echo(EchoRequest.getDefaultInstance());
  }

  private static void frame(
      Connection raw, Message request, String control, Headers headers, byte[] body) {
    raw.publish(request.getReplyTo(), control, headers, body);
  }

  private static Headers sequence(long number) {
    return new Headers().put("Bb-Stream-Seq", Long.toString(number));
  }

  private static byte[] count(long number) {
    return CountResponse.newBuilder().setNumber(number).build().toByteArray();
  }

  /** Those that are not read at once take another way than those that are. */
  @Test
  void keepsTheOrderOfMessagesOfAnySize() throws Exception {
    int messages = 500;
    try (Connection raw = Nats.connect(nats.url());
        var bus =
            Bus.connect(
                RunningEcho.config(nats.url())
                    .streamWindow(messages)
                    .streamWindowBytes(16 * 1024 * 1024)
                    .build())) {
      raw.createDispatcher(
              request -> {
                String control = raw.createInbox();
                var sizes = new Random(1);
                for (int number = 1; number <= messages; number++) {
                  byte[] padding = new byte[sizes.nextInt(20) == 0 ? 200_000 : sizes.nextInt(200)];
                  var message =
                      CountResponse.newBuilder()
                          .setNumber(number)
                          .setPadding(ByteString.copyFrom(padding))
                          .build();
                  frame(raw, request, control, sequence(number), message.toByteArray());
                }
                raw.publish(
                    request.getReplyTo(),
                    sequence(messages).put("Bb-Stream-Status", "end"),
                    new byte[0]);
              })
          .subscribe(SUBJECT);
      raw.flush(BOUND);
      assertThat(bus.awaitConnected(BOUND)).isTrue();

      for (int stream = 0; stream < 5; stream++) {
        List<Long> numbers = new ArrayList<>();
        try (var read = FeedClient.on(bus).count(CountRequest.getDefaultInstance())) {
          read.forEach(message -> numbers.add(message.getNumber()));
        }
        assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, messages).boxed().toList());
      }
    }
  }

  @Test
  void noticesAMissingMessage() throws Exception {
    var error =
        failureWith((raw, request) -> {
          String control = raw.createInbox();
          frame(raw, request, control, sequence(1), count(1));
          frame(raw, request, control, sequence(3), count(3));
        });

    assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(error.message()).contains("message 3").contains("number 2 was due");
  }

  @Test
  void noticesThatTheLastMessagesAreMissing() throws Exception {
    var error =
        failureWith((raw, request) -> {
          frame(raw, request, raw.createInbox(), sequence(1), count(1));
          raw.publish(
              request.getReplyTo(), sequence(2).put("Bb-Stream-Status", "end"), new byte[0]);
        });

    assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void refusesAWriterThatGoesBeyondItsCredit() throws Exception {
    var error =
        failureWith((raw, request) -> {
          String control = raw.createInbox();
          for (long number = 1; number <= 1_000; number++) {
            frame(raw, request, control, sequence(number), count(number));
          }
        });

    assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(error.message()).contains("message 65 beyond its credit (64 262144)");
  }

  @Test
  void refusesAMessageOfAnotherType() throws Exception {
    var error =
        failureWith((raw, request) ->
            frame(raw, request, raw.createInbox(), sequence(1), new byte[] {(byte) 0xff}));

    assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(error.message()).contains("CountResponse");
  }

  @Test
  void refusesAnAnswerThatIsNoStream() throws Exception {
    var error = failureWith((raw, request) -> raw.publish(request.getReplyTo(), count(1)));

    assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(error.message()).contains("Bb-Stream-Seq");
  }

  @Test
  void givesAWriterUpThatIsSilentThoughAsked() throws Exception {
    var error =
        failureWith((raw, request) -> {
          String control = raw.createInbox();
          // Somebody listens there, so that NATS does not answer; but nobody speaks.
          Subscription unused = raw.subscribe(control);
          frame(raw, request, control, new Headers().put("Bb-Stream-Status", "open"), new byte[0]);
        });

    assertThat(error.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(error.message()).contains("nothing was heard");
  }

  @Test
  void servesAReaderThatSpeaksTheProtocolByHand() throws Exception {
    try (var running = RunningEcho.start(nats.url(), new TestFeed());
        Connection raw = Nats.connect(nats.url())) {
      assertThat(running.host().isReady()).isTrue();
      String inbox = raw.createInbox();
      Subscription frames = raw.subscribe(inbox);
      raw.publish(
          SUBJECT,
          inbox,
          new Headers().put("Bb-Stream-Credit", "2 1000"),
          CountRequest.newBuilder().setTo(3).build().toByteArray());

      Message open = frames.nextMessage(BOUND);
      assertThat(open.getHeaders().getFirst("Bb-Stream-Status")).isEqualTo("open");
      for (int number = 1; number <= 2; number++) {
        Message data = frames.nextMessage(BOUND);
        assertThat(data.getHeaders().getFirst("Bb-Stream-Seq")).isEqualTo("" + number);
        assertThat(CountResponse.parseFrom(data.getData()).getNumber()).isEqualTo(number);
      }
      Message next = frames.nextMessage(BOUND);
      assertThat(next.getHeaders().getFirst("Bb-Stream-Status"))
          .as("no credit is left, so it only says that it is there")
          .isEqualTo("alive");
      raw.publish(next.getReplyTo(), new Headers().put("Bb-Stream-Credit", "3 1000"), null);
      Message third = frames.nextMessage(BOUND);
      while ("alive".equals(third.getHeaders().getFirst("Bb-Stream-Status"))) {
        third = frames.nextMessage(BOUND);
      }
      assertThat(third.getHeaders().getFirst("Bb-Stream-Seq")).isEqualTo("3");
      Message end = frames.nextMessage(BOUND);
      assertThat(end.getHeaders().getFirst("Bb-Stream-Status")).isEqualTo("end");
      assertThat(end.getHeaders().getFirst("Bb-Stream-Seq")).isEqualTo("3");
      assertThat(end.getReplyTo()).isNull();
    }
  }

  @Test
  void stopsTheWriterOfAReaderThatIsNotHeardOf() throws Exception {
    var feed = TestFeed.lasting();
    try (var running =
            RunningEcho.start(
                nats.url(),
                context -> context.serve(feed),
                config -> config.streamKeepAlive(Duration.ofMillis(50)));
        Connection raw = Nats.connect(nats.url())) {
      assertThat(running.host().isReady()).isTrue();
      String inbox = raw.createInbox();
      Subscription frames = raw.subscribe(inbox);
      raw.publish(SUBJECT, inbox, CountRequest.newBuilder().setTo(1).build().toByteArray());
      assertThat(frames.nextMessage(BOUND)).isNotNull();
      Await.until(BOUND, "the handler to start", () -> feed.handlersAtWork() == 1);

      // It takes what comes and never says a word.
      Await.until(BOUND, "the handler to stop", () -> feed.handlersAtWork() == 0);
    }
  }
}
