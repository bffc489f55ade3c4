package io.bodybroker.bench.scale;

import io.bodybroker.bench.ends.JnatsServer;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/**
 * jnats by itself on the subjects of {@link ManyRpc}, so that what jnats and the server of NATS
 * take for each of many is not held against the SDK.
 */
public final class ManyRaw implements Service {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @Override
  public Server serve(String natsUrl) throws Exception {
    return JnatsServer.start(
        natsUrl,
        ManyRpc.Shape.told().subjects(),
        (connection, message) -> connection.publish(message.getReplyTo(), message.getData()));
  }

  @Override
  public Client connect(String address) throws Exception {
    Connection connection = Nats.connect(address);
    var subjects = ManyRpc.Shape.told().calledSubjects();
    return Client.of(
        connection, bytes -> target(connection, new InTurn<>(subjects), new byte[bytes]));
  }

  private static Target target(Connection connection, InTurn<String> subjects, byte[] payload) {
    return new Target() {
      @Override
      public void call() throws Exception {
        if (connection.request(subjects.next(), payload, TIMEOUT) == null) {
          throw new TimeoutException("no answer");
        }
      }

      @Override
      public CompletionStage<?> begin() {
        return connection.request(subjects.next(), payload);
      }
    };
  }
}
