package io.bodybroker.bench.rpc;

import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
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
    Connection connection = connection(natsUrl);
    connection
        .createDispatcher(message -> connection.publish(message.getReplyTo(), message.getData()))
        .subscribe(SUBJECT, "workers");
    connection.flush(TIMEOUT);
    return new Server() {
      @Override
      public String address() {
        return natsUrl;
      }

      @Override
      public void close() throws Exception {
        connection.close();
      }
    };
  }

  @Override
  public Client connect(String address) throws Exception {
    Connection connection = connection(address);
    return new Client() {
      @Override
      public Target target(int bytes) {
        byte[] payload = new byte[bytes];
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

      @Override
      public void close() throws Exception {
        connection.close();
      }
    };
  }

  static Connection connection(String url) throws Exception {
    return Nats.connect(Options.builder().server(url).build());
  }
}
