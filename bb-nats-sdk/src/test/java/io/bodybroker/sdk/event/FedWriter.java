package io.bodybroker.sdk.event;

import com.google.protobuf.StringValue;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.test.v1.Echoed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A service that counts in some documents of a fast store with a feed, and tells each number once
 * its write is acknowledged. It is there to be killed.
 */
final class FedWriter {
  static final String STORE = "fed";
  static final Duration LIFE = Duration.ofHours(1);

  /** {@code key=number} for each write, {@code key=gone} for each deletion. */
  static final FeedSpec<StringValue> FEED =
      new FeedSpec<>(
          List.of(Echoed.getDefaultInstance()),
          change ->
              switch (change) {
                case io.bodybroker.sdk.store.Change.Put<StringValue> put ->
                    put.value().getValue().startsWith("quiet")
                        ? Optional.empty()
                        : Optional.of(event(put.key(), put.value().getValue()));
                case io.bodybroker.sdk.store.Change.Deleted<StringValue> deleted ->
                    Optional.of(event(deleted.key(), "gone"));
              });

  private FedWriter() {}

  private static Echoed event(String key, String value) {
    return Echoed.newBuilder().setText(key + "=" + value).build();
  }

  static Store<StringValue> open(io.bodybroker.sdk.host.ServiceContext context) {
    return context.fastStore(STORE, StringValue.getDefaultInstance(), LIFE, FEED);
  }

  public static void main(String[] args) {
    ServiceHost.run(context -> context.repeat("count", Duration.ofMillis(1), count(open(context))));
  }

  private static Runnable count(Store<StringValue> store) {
    return new Runnable() {
      private int number;

      @Override
      public void run() {
        number++;
        String key = "key/" + number % 7;
        try {
          var written = store.update(key, FedWriter::next);
          System.out.println("wrote " + key + "=" + written.value().getValue());
        } catch (ServiceException e) {
          System.out.println("failed " + e.message());
        }
      }
    };
  }

  private static StringValue next(Optional<StringValue> old) {
    int last = old.map(value -> Integer.parseInt(value.getValue())).orElse(0);
    return StringValue.of(Integer.toString(last + 1));
  }
}
