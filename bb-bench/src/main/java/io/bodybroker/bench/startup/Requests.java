package io.bodybroker.bench.startup;

import io.bodybroker.bench.startup.v1.GreetRequest;
import io.bodybroker.bench.startup.v1.GreetResponse;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks whoever greets, with jnats alone: each contender is asked by the same program. */
final class Requests implements AutoCloseable {
  private static final String SUBJECT = "svc.greeter.v1.greet";
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final GreetRequest REQUEST = GreetRequest.newBuilder().setName("Ada").build();

  private final Connection connection;

  Requests(String natsUrl) throws IOException, InterruptedException {
    connection = Nats.connect(natsUrl);
  }

  /**
   * One request, which proves that what said it is ready does serve.
   *
   * @throws IOException if it is not answered as it should be
   */
  void one() throws IOException, InterruptedException {
    Message reply = connection.request(SUBJECT, REQUEST.toByteArray(), BOUND);
    if (reply == null) {
      throw new IOException("no answer although it is ready");
    }
    String greeting = GreetResponse.parseFrom(reply.getData()).getGreeting();
    if (!greeting.equals("Hello, Ada!")) {
      throw new IOException("a wrong answer: " + greeting);
    }
  }

  /**
   * So many requests at that rate, whether they are answered in time or not. Returns when all are
   * answered.
   *
   * @throws IOException if not all are
   */
  void many(int count, int rate) throws IOException, InterruptedException {
    byte[] body = REQUEST.toByteArray();
    String inbox = connection.createInbox();
    var answered = new Semaphore(0);
    var replies = connection.createDispatcher(reply -> answered.release());
    replies.subscribe(inbox);
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = begin + i * (1_000_000_000L / rate);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      connection.publish(SUBJECT, inbox, body);
    }
    if (!answered.tryAcquire(count, BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("%d of %d answered".formatted(answered.availablePermits(), count));
    }
    connection.closeDispatcher(replies);
  }

  @Override
  public void close() throws InterruptedException {
    connection.close();
  }
}
