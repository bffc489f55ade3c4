package io.bodybroker.bench.rpc;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.service.ServiceBuilder;
import io.nats.service.ServiceEndpoint;
import java.time.Duration;

/** jnats' own service framework serves; {@code request} calls. */
public final class NatsServiceRpc extends RawRpc {
  @Override
  public Server serve(String natsUrl) throws Exception {
    Connection connection = Nats.connect(natsUrl);
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
    return Server.of(
        natsUrl,
        () -> {
          service.stop();
          connection.close();
        });
  }
}
