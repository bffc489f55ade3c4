package io.bodybroker.sdk.store;

import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.StreamReader;
import io.bodybroker.sdk.internal.StreamReader.Pace;
import java.util.function.Supplier;

/**
 * The entries of some keys in the order they were written, without a gap, or an error; see {@link
 * StreamReader}. For one thread at a time.
 */
final class EntryStream implements AutoCloseable {
  private final Bucket bucket;
  private final StreamReader messages;

  private EntryStream(Bucket bucket, Supplier<StreamReader> messages) {
    this.bucket = bucket;
    try {
      this.messages = messages.get();
    } catch (ServiceException e) {
      bucket.forget();
      throw e;
    }
  }

  /**
   * Begins with the last entry of each key, deletions included.
   *
   * @param filter the subjects of the keys
   */
  static EntryStream latest(JetStreamApi api, Bucket bucket, String filter, Pace pace) {
    return new EntryStream(bucket, () -> StreamReader.latest(api, source(bucket, filter), pace));
  }

  /**
   * Begins with the first entry after a version.
   *
   * @param filter the subjects of the keys
   */
  static EntryStream after(
      JetStreamApi api, Bucket bucket, String filter, long version, Pace pace) {
    return new EntryStream(
        bucket, () -> StreamReader.after(api, source(bucket, filter), version, pace));
  }

  /**
   * As {@link #after}, without documents.
   *
   * @param filter the subjects of the keys
   */
  static EntryStream headersAfter(
      JetStreamApi api, Bucket bucket, String filter, long version, Pace pace) {
    return new EntryStream(
        bucket, () -> StreamReader.headersAfter(api, source(bucket, filter), version, pace));
  }

  private static StreamReader.Source source(Bucket bucket, String filter) {
    return new StreamReader.Source(bucket.stream(), filter, "bucket " + bucket.name());
  }

  /**
   * The next entry; waits for it as long as the server gives signs of life.
   *
   * @throws ServiceException {@code UNAVAILABLE}: entries may have been missed from here on; {@code
   *     CANCELLED}: interrupted
   */
  Entry next() {
    return next(() -> {});
  }

  /**
   * As {@link #next()}.
   *
   * @param whenIdle run each time before it waits because none is there yet
   */
  Entry next(Runnable whenIdle) {
    var message = messages.next(whenIdle);
    return EntryHeaders.entry(
        bucket.key(message.getSubject()),
        message.getData(),
        message.metaData().streamSequence(),
        message.getHeaders());
  }

  @Override
  public void close() {
    messages.close();
  }
}
