package io.bodybroker.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PriorityGateTest {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final List<String> entered = Collections.synchronizedList(new ArrayList<>());

  private Thread enter(PriorityGate gate, int priority, long sequence) throws Exception {
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (gate.enter(priority, sequence)) {
                  entered.add(priority + ":" + sequence);
                  gate.leave();
                } else {
                  entered.add("closed");
                }
              } catch (InterruptedException e) {
                entered.add("interrupted");
              }
            });
    Await.until(BOUND, "it waits", () -> thread.getState() == Thread.State.WAITING);
    return thread;
  }

  @Test
  void letsTheMostUrgentThroughFirstAndOfEqualsTheFirst() throws Exception {
    var gate = new PriorityGate(1);
    assertThat(gate.enter(1, 0)).isTrue();
    var threads = new ArrayList<Thread>();
    for (long sequence : new long[] {5, 3, 4}) {
      threads.add(enter(gate, 2, sequence));
      threads.add(enter(gate, 4, sequence + 10));
      threads.add(enter(gate, 1, sequence - 3));
    }
    gate.leave();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(entered)
        .containsExactly("4:13", "4:14", "4:15", "2:3", "2:4", "2:5", "1:0", "1:1", "1:2");
  }

  @Test
  void losesNoPlaceWhenOneThatWaitsIsInterrupted() throws Exception {
    var gate = new PriorityGate(1);
    assertThat(gate.enter(1, 0)).isTrue();
    var first = enter(gate, 4, 1);
    var second = enter(gate, 2, 2);
    first.interrupt();
    first.join();
    gate.leave();
    second.join();
    assertThat(entered).containsExactly("interrupted", "2:2");
    assertThat(gate.enter(1, 3)).isTrue();
  }

  @Test
  void tellsThoseThatWaitWhenItIsClosed() throws Exception {
    var gate = new PriorityGate(1);
    assertThat(gate.enter(1, 0)).isTrue();
    var first = enter(gate, 4, 1);
    gate.close();
    first.join();
    assertThat(entered).containsExactly("closed");
    gate.leave();
    assertThat(gate.enter(1, 2)).isFalse();
  }

  @Test
  void endsAPauseWhenItsTimeIsOverOrWhenItIsWokenOrClosed() throws Exception {
    var gate = new PriorityGate(1);
    gate.pause(Duration.ofMillis(1));
    var woken = pause(gate);
    gate.wake();
    assertThat(woken.join(BOUND)).isTrue();
    var closed = pause(gate);
    gate.close();
    assertThat(closed.join(BOUND)).isTrue();
    gate.pause(Duration.ofHours(1));
  }

  private static Thread pause(PriorityGate gate) {
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                gate.pause(Duration.ofHours(1));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Await.until(BOUND, "it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
    return thread;
  }

  @Test
  void letsNoMoreThroughAtOnceThanThereIsRoomFor() throws Exception {
    var gate = new PriorityGate(3);
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    var done = new CountDownLatch(200);
    var random = new Random(1);
    for (int i = 0; i < 200; i++) {
      int sequence = i;
      int priority = random.nextInt(5);
      Thread.ofVirtual()
          .start(() -> {
            try {
              assertThat(gate.enter(priority, sequence)).isTrue();
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              LockSupport.parkNanos(1000);
              inside.decrementAndGet();
              gate.leave();
              done.countDown();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    done.await();
    assertThat(most.get()).isBetween(1, 3);
  }
}
