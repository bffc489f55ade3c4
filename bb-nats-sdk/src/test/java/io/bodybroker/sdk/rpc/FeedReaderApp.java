package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.test.v1.CountRequest;
import io.bodybroker.sdk.test.v1.FeedClient;
import java.time.Duration;

/** A program that reads one stream and says how far it is and how it ended. */
final class FeedReaderApp {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private FeedReaderApp() {}

  /**
   * Reads.
   *
   * @param args how many messages there are, and after which it reads no further
   */
  public static void main(String[] args) throws InterruptedException {
    long all = Long.parseLong(args[0]);
    long enough = Long.parseLong(args[1]);
    long number = 0;
    try (var bus = Bus.connect(BusConfig.fromEnvironment())) {
      if (!bus.awaitConnected(BOUND)) {
        throw new IllegalStateException("not connected");
      }
      try (var stream = FeedClient.on(bus).count(CountRequest.newBuilder().setTo(all).build())) {
        for (var next = stream.next(); next.isPresent(); next = stream.next()) {
          if (next.get().getNumber() != ++number) {
            throw new IllegalStateException(
                "number " + next.get().getNumber() + " came when " + number + " was due");
          }
          if (number == enough) {
            System.out.println("has read " + number);
            new java.util.concurrent.CountDownLatch(1).await();
          }
          if (number == 10) {
            System.out.println("reads");
          }
        }
        System.out.println("read to the end: " + number);
      } catch (ServiceException e) {
        System.out.println("ended with " + e.code() + " after " + number);
      }
    }
  }
}
