package io.bodybroker.bench.rpc;

import io.bodybroker.bench.ends.JnatsServer;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/**
 * jnats by itself: {@code request}, and a dispatcher that publishes the reply. No headers, no
 * deadline, no message but its bytes.
 */
public class RawRpc implements Service {
  static final String SUBJECT = "raw.echo";
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @Override
  public Server serve(String natsUrl) throws Exception {
    return JnatsServer.start(
        natsUrl,
        SUBJECT,
        (connection, message) -> connection.publish(message.getReplyTo(), message.getData()));
  }

  @Override
  public Client connect(String address) throws Exception {
    Connection connection = Nats.connect(address);
    return Client.of(connection, bytes -> target(connection, new byte[bytes]));
  }

  private static Target target(Connection connection, byte[] payload) {
    return new Target() {
      @Override
      public void call() throws Exception {
        if (connection.request(SUBJECT, payload, TIMEOUT) == null) {
          throw new TimeoutException("no answer");
        }
      }

      @Override
      public CompletionStage<?> begin() {
        return connection.request(SUBJECT, payload);
      }
    };
  }
}
