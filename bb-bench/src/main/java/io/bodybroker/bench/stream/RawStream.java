package io.bodybroker.bench.stream;

import io.bodybroker.bench.ends.JnatsServer;
import io.bodybroker.bench.load.Service;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * jnats by itself: the handler publishes as many messages to the inbox that the request names, and
 * the caller reads them from a subscription. Nothing holds the writer back, and nobody would notice
 * that a message is missing but by counting.
 */
public final class RawStream implements Service {
  private static final String SUBJECT = "raw.count";
  private static final Duration BOUND = Duration.ofSeconds(10);

  @Override
  public Server serve(String natsUrl) throws Exception {
    return JnatsServer.start(natsUrl, SUBJECT, RawStream::answer);
  }

  /** On a thread of its own, as the SDK does, so that streams do not wait for each other. */
  private static void answer(Connection connection, Message request) {
    byte[] payload = new byte[ByteBuffer.wrap(request.getData()).getInt()];
    var unused =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < StreamTarget.MESSAGES; i++) {
                connection.publish(request.getReplyTo(), payload);
              }
            });
  }

  @Override
  public Client connect(String address) throws Exception {
    Connection connection = Nats.connect(address);
    return Client.of(connection, bytes -> target(connection, bytes));
  }

  private static StreamTarget target(Connection connection, int bytes) {
    byte[] request = ByteBuffer.allocate(Integer.BYTES).putInt(bytes).array();
    return () -> read(connection, request);
  }

  private static void read(Connection connection, byte[] request) throws InterruptedException {
    String inbox = connection.createInbox();
    Subscription subscription = connection.subscribe(inbox);
    int received = 0;
    try {
      connection.publish(SUBJECT, inbox, request);
      while (received < StreamTarget.MESSAGES && subscription.nextMessage(BOUND) != null) {
        received++;
      }
    } finally {
      subscription.unsubscribe();
    }
    StreamTarget.requireAll(received);
  }
}
