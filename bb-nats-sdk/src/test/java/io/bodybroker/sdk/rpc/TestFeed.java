package io.bodybroker.sdk.rpc;

import com.google.protobuf.ByteString;
import io.bodybroker.sdk.test.v1.CountRequest;
import io.bodybroker.sdk.test.v1.CountResponse;
import io.bodybroker.sdk.test.v1.FeedService;
import io.bodybroker.sdk.test.v1.FollowRequest;
import io.bodybroker.sdk.test.v1.FollowResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The streams of the contract; a test chooses what happens when all is counted. */
final class TestFeed implements FeedService {
  /** What a handler does after its last message. */
  interface Ending {
    void run() throws InterruptedException;
  }

  private final String instance;
  private final Ending ending;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicInteger handlersAtWork = new AtomicInteger();

  TestFeed() {
    this("", () -> {});
  }

  TestFeed(String instance, Ending ending) {
    this.instance = instance;
    this.ending = ending;
  }

  /** One whose handlers stay, silently, when all is counted. */
  static TestFeed lasting() {
    return new TestFeed("", () -> new CountDownLatch(1).await());
  }

  /** How many messages were accepted for sending. */
  long sent() {
    return sent.get();
  }

  int handlersAtWork() {
    return handlersAtWork.get();
  }

  @Override
  public void count(CountRequest request, CallContext call, ResponseWriter<CountResponse> responses)
      throws InterruptedException {
    handlersAtWork.incrementAndGet();
    try {
      var padding = ByteString.copyFrom(new byte[request.getPadding()]);
      for (long number = 1; number <= request.getTo(); number++) {
        responses.send(CountResponse.newBuilder().setNumber(number).setPadding(padding).build());
        sent.incrementAndGet();
      }
      ending.run();
    } finally {
      handlersAtWork.decrementAndGet();
    }
  }

  @Override
  public void follow(
      FollowRequest request, CallContext call, ResponseWriter<FollowResponse> responses)
      throws InterruptedException {
    handlersAtWork.incrementAndGet();
    try {
      for (long number = request.getAfter() + 1; ; number++) {
        responses.send(FollowResponse.newBuilder().setNumber(number).setInstance(instance).build());
      }
    } finally {
      handlersAtWork.decrementAndGet();
    }
  }
}
