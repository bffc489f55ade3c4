package io.bodybroker.bench.rpc;

import io.nats.client.Connection;
import io.nats.service.ServiceBuilder;
import io.nats.service.ServiceEndpoint;
import java.time.Duration;

/** jnats' own service framework serves; {@code request} calls. */
public final class NatsServiceRpc extends RawRpc {
  @Override
  public Server serve(String natsUrl) throws Exception {
    Connection connection = connection(natsUrl);
    var service =
        new ServiceBuilder()
            .connection(connection)
            .name("echo")
            .version("1.0.0")
            .addServiceEndpoint(
                ServiceEndpoint.builder()
                    .endpointName("echo")
                    .endpointSubject(SUBJECT)
                    .handler(message -> message.respond(connection, message.getData()))
                    .build())
            .build();
    var unused = service.startService();
    connection.flush(Duration.ofSeconds(2));
    return new Server() {
      @Override
      public String address() {
        return natsUrl;
      }

      @Override
      public void close() throws Exception {
        service.stop();
        connection.close();
      }
    };
  }
}
