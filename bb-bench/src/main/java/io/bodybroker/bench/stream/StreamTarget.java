package io.bodybroker.bench.stream;

import io.bodybroker.bench.load.Target;
import io.bodybroker.bench.v1.CountRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One call is a stream from its request to its last message. */
interface StreamTarget extends Target {
  /** Messages of each stream. */
  int MESSAGES = 1_000;

  /** A stream is read by a thread that waits; one more does that here. */
  @Override
  default CompletionStage<?> begin() {
    var ended = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            call();
            ended.complete(null);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended.completeExceptionally(e);
          } catch (Exception e) {
            ended.completeExceptionally(e);
          }
        });
    return ended;
  }

  /** Asks for a stream of messages with so many bytes. */
  static CountRequest request(int bytes) {
    return CountRequest.newBuilder().setMessages(MESSAGES).setBytes(bytes).build();
  }

  /** Fails unless all have come. */
  static void requireAll(int received) {
    if (received != MESSAGES) {
      throw new IllegalStateException(received + " messages (expected: " + MESSAGES + ")");
    }
  }
}
