package io.bodybroker.sdk.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who writes what when, and what becomes of it when that does not go on, or fails. */
@Timeout(60)
class SocketWriterTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final int LARGE = 100_000;

  /** Much longer than between messages that come fast. */
  private static final long PAUSE_NANOS = 1_000_000;

  /** More than may wait for the thread that writes. */
  private static final int TOO_MANY = 100;

  private final Socket socket = new Socket();
  private final SocketWriter writer = new SocketWriter("writes in a test", socket.turn, socket);

  /** The other side, which takes everything, or nothing while it is stopped, or fails. */
  private static final class Socket implements SocketWriter.Sink {
    private final ReentrantLock turn = new ReentrantLock();
    private final ReentrantLock running = new ReentrantLock();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<Thread> writers = new ArrayList<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile boolean isBroken;
    private IntConsumer onWrite = length -> {};

    @Override
    public void write(byte[] bytes, int length) throws IOException {
      assertThat(turn.isHeldByCurrentThread()).isTrue();
      running.lock();
      try {
        if (isBroken) {
          throw new IOException("broken on purpose");
        }
        writers.add(Thread.currentThread());
        written.write(bytes, 0, length);
        onWrite.accept(length);
      } finally {
        running.unlock();
      }
    }

    @Override
    public void close() {
      isClosed.set(true);
    }

    void stop() {
      running.lock();
    }

    void goOn() {
      running.unlock();
    }

    String written() {
      running.lock();
      try {
        return written.toString(ISO_8859_1);
      } finally {
        running.unlock();
      }
    }
  }

  @BeforeEach
  void start() {
    socket.onWrite = writer::wrote;
    writer.start();
  }

  @AfterEach
  void close() {
    writer.close();
  }

  private int publish(String subject, int size) {
    return writer.publish(subject, null, null, new byte[size]);
  }

  private void publishSurely(String subject, int size) {
    Await.until(BOUND, "room for " + subject, () -> publish(subject, size) > 0);
  }

  /** Until what comes now does not follow fast. */
  private static void pause() {
    long from = System.nanoTime();
    Await.until(BOUND, "a pause", () -> System.nanoTime() - from > PAUSE_NANOS);
  }

  @Test
  void whoPublishesNowAndThenWritesItHimself() throws Exception {
    for (int i = 0; i < 3; i++) {
      pause();
      publish("s." + i, 0);
      assertThat(socket.written()).endsWith("PUB s." + i + " 0\r\n\r\n");
    }

    assertThat(socket.writers).containsOnly(Thread.currentThread());
  }

  @Test
  void leavesToItsThreadWhatTheSystemMayHaveNoRoomFor() throws Exception {
    pause();
    publish("large", LARGE);
    writer.flush(BOUND);

    assertThat(socket.writers).isNotEmpty().doesNotContain(Thread.currentThread());
    assertThat(socket.written()).hasSize("PUB large 100000\r\n\r\n".length() + LARGE);
  }

  @Test
  void leavesToItsThreadWhatIsNotAnsweredForLong() throws Exception {
    int count = 0;
    for (int sent = 0; sent < LARGE; sent += 4_000) {
      pause();
      publish("s", 4_000);
      count++;
    }
    writer.flush(BOUND);
    assertThat(socket.writers.getFirst()).isEqualTo(Thread.currentThread());
    assertThat(socket.writers.getLast()).isNotEqualTo(Thread.currentThread());

    writer.heard();
    pause();
    publish("s", 4_000);
    assertThat(socket.writers.getLast()).isEqualTo(Thread.currentThread());
    assertThat(socket.written()).hasSize((count + 1) * ("PUB s 4000\r\n\r\n".length() + 4_000));
  }

  /** What was heard before something was written says nothing of that. */
  @Test
  void leavesToItsThreadWhatFollowsMuchThatOthersWrote() throws Exception {
    writer.heard();
    writer.wrote(LARGE); // by jnats
    pause();
    publish("s", 1);
    writer.flush(BOUND);

    assertThat(socket.writers).isNotEmpty().doesNotContain(Thread.currentThread());
  }

  @Test
  void waitsForNobodyWhoDoesNotRead() throws Exception {
    socket.stop();
    int taken = 0;
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < TOO_MANY; i++) {
        calls.add(callers.submit(() -> publish("large", LARGE)));
      }
      for (Future<Integer> call : calls) { // none of them waits for the other side
        taken += call.get(BOUND.toSeconds(), TimeUnit.SECONDS) > 0 ? 1 : 0;
      }
    } finally {
      socket.goOn();
    }
    assertThat(taken).as("what waits is bounded").isBetween(40, TOO_MANY - 1);

    writer.flush(BOUND);
    assertThat(socket.written()).hasSize(taken * ("PUB large 100000\r\n\r\n".length() + LARGE));
    assertThat(publish("large", LARGE)).as("taken again").isPositive();
  }

  @Test
  void givesNoTurnToWhoWouldWaitForIt() throws Exception {
    socket.turn.lock(); // as jnats, at a write of its own
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      pause();
      assertThat(callers.submit(() -> publish("s", 1)).get()).isPositive();
      assertThat(socket.written()).isEmpty();
      socket.turn.unlock();
    }

    writer.flush(BOUND);
    assertThat(socket.written()).isEqualTo("PUB s 1\r\n\0\r\n");
  }

  @Test
  void writesAllThatManyPublishAndEachOfItWhole() throws Exception {
    int threads = 8;
    int each = 5_000;
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int t = 0; t < threads; t++) {
        String subject = "s." + t;
        callers.execute(() -> {
          for (int i = 0; i < each; i++) {
            publishSurely(subject, i % 50 == 0 ? 9_000 : 5);
          }
        });
      }
    }
    writer.flush(BOUND);

    Map<String, Integer> found = new HashMap<>();
    String text = socket.written();
    for (int at = 0; at < text.length(); ) {
      int end = text.indexOf("\r\n", at);
      String[] words = text.substring(at, end).split(" ", -1);
      assertThat(words).hasSize(3).startsWith("PUB");
      found.merge(words[1], 1, Integer::sum);
      at = end + 2 + Integer.parseInt(words[2]) + 2;
      assertThat(text.substring(at - 2, at)).isEqualTo("\r\n");
    }
    assertThat(found).hasSize(threads).allSatisfy((s, n) -> assertThat(n).isEqualTo(each));
  }

  @Test
  void closesTheSocketThatCannotBeWrittenTo() throws Exception {
    socket.isBroken = true;
    pause();
    publish("s", 1);

    assertThat(socket.isClosed).isTrue();
    assertThat(publish("s", 1)).isZero();
    writer.flush(BOUND); // ends, for there is nothing to wait for
  }

  @Test
  void doesNotWaitForEverForTheLastWrites() throws Exception {
    socket.stop();
    try {
      publish("large", LARGE);
      writer.flush(Duration.ofMillis(50));
    } finally {
      socket.goOn();
    }
    Await.until(BOUND, "what was published", () -> !socket.written().isEmpty());
  }
}
