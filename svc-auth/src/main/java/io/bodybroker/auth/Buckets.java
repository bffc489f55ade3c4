package io.bodybroker.auth;

import com.google.protobuf.ByteString;
import io.bodybroker.auth.state.v1.StoredBucket;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Bucket4j's buckets in a store of ours, at one moment: it brings the counting, the store the
 * compare-and-set. A bucket is full at the beginning of each window and filled at no other time, so
 * it counts the requests of that window.
 */
final class Buckets extends AbstractCompareAndSwapBasedProxyManager<String> {
  /** Twice as long as a window: no bucket is forgotten in the window it counts. */
  static final Duration TIME_TO_LIVE = Window.LENGTH.multipliedBy(2);

  private final Store<StoredBucket> store;
  private final Instant now;

  Buckets(Store<StoredBucket> store, Instant now) {
    super(ClientSideConfig.getDefault().withClientClock(new Fixed(now)));
    this.store = store;
    this.now = now;
  }

  /** Takes one from a bucket, if it has one. */
  ConsumptionProbe take(String key, int perWindow) {
    return builder()
        // What is stored has its own limit; another limit counts in a bucket of its own.
        .build(key + "/" + perWindow, () -> configuration(perWindow))
        .tryConsumeAndReturnRemaining(1);
  }

  private BucketConfiguration configuration(int perWindow) {
    return BucketConfiguration.builder()
        .addLimit(limit ->
            limit
                .capacity(perWindow)
                .refillIntervallyAligned(perWindow, Window.LENGTH, Window.at(now).end()))
        .build();
  }

  @Override
  protected CompareAndSwapOperation beginCompareAndSwapOperation(String key) {
    return new Swap(store, key);
  }

  @Override
  protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected CompletableFuture<Void> removeAsync(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeProxy(String key) {
    store.delete(key);
  }

  @Override
  public boolean isAsyncModeSupported() {
    return false;
  }

  /** One try: what was read, and what shall take its place if it is still there. */
  private static final class Swap implements CompareAndSwapOperation {
    private final Store<StoredBucket> store;
    private final String key;
    private @Nullable Versioned<StoredBucket> before;

    Swap(Store<StoredBucket> store, String key) {
      this.store = store;
      this.key = key;
    }

    @Override
    public Optional<byte[]> getStateData(Optional<Long> timeoutNanos) {
      before = store.get(key).orElse(null);
      return Optional.ofNullable(before).map(found -> found.value().getBucket().toByteArray());
    }

    @Override
    public boolean compareAndSwap(
        byte[] original, byte[] next, RemoteBucketState state, Optional<Long> timeoutNanos) {
      var bucket = StoredBucket.newBuilder().setBucket(ByteString.copyFrom(next)).build();
      try {
        if (before == null) {
          store.create(key, bucket);
        } else {
          store.compareAndSet(key, bucket, before.version());
        }
        return true;
      } catch (ServiceException e) {
        if (e.code() == ErrorCode.ALREADY_EXISTS || e.code() == ErrorCode.ABORTED) {
          return false;
        }
        throw e;
      }
    }
  }

  private record Fixed(Instant now) implements TimeMeter {
    private static final long NANOS = 1_000_000_000L;

    @Override
    public long currentTimeNanos() {
      return now.getEpochSecond() * NANOS + now.getNano();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
