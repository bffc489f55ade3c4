package io.bodybroker.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.auth.state.v1.StoredBucket;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.store.Store;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T20:00:10Z");

  private final Store<StoredBucket> store = MemoryStores.open(StoredBucket.getDefaultInstance());

  /** How many of so many requests are allowed. */
  private long allowed(int requests, int limit, Instant at) {
    return IntStream.range(0, requests)
        .filter(request -> new Buckets(store, at).take("player/ada/ADMIN", limit).isConsumed())
        .count();
  }

  @ParameterizedTest
  @CsvSource({"10, 3", "3, 10"})
  void holdAnotherLimitAsSoonAsThereIsOne(int before, int after) {
    assertThat(allowed(20, before, NOW)).isEqualTo(before);

    assertThat(allowed(20, after, NOW.plusSeconds(1))).isEqualTo(after);
  }

  @Test
  void areFullAgainInTheNextWindow() {
    assertThat(allowed(20, 10, NOW)).isEqualTo(10);
    assertThat(allowed(20, 10, NOW.plusSeconds(49))).isZero();
    assertThat(allowed(20, 10, NOW.plusSeconds(50))).isEqualTo(10);
  }
}
