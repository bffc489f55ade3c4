package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LatestValueTest {
  private final LatestValue<Integer> latest = new LatestValue<>();

  @Test
  void givesTheLastOfManyAndEachOnce() throws Exception {
    latest.set(1);
    latest.set(2);
    assertThat(latest.take()).isEqualTo(2);
    assertThat(latest.poll(Duration.ZERO)).isEmpty();
    latest.set(3);
    assertThat(latest.poll(Duration.ofSeconds(20))).contains(3);
  }

  @Test
  void waitsForAValue() throws Exception {
    var taken = new CompletableFuture<Integer>();
    var reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                taken.complete(latest.take());
              } catch (InterruptedException e) {
                taken.completeExceptionally(e);
              }
            });
    latest.set(7);
    assertThat(taken.get()).isEqualTo(7);
    reader.join();
  }

  @Test
  void givesNoneWhenThePatienceIsOver() throws Exception {
    assertThat(latest.poll(Duration.ofMillis(5))).isEmpty();
  }

  @Test
  void endsTheWaitWhenTheThreadIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(latest::take);
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> latest.poll(Duration.ofSeconds(20)));
  }
}
