package io.bodybroker.bench.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bodybroker.bench.ends.JnatsServer;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import io.bodybroker.bench.v1.EchoRequest;
import io.bodybroker.bench.v1.EchoResponse;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/**
 * As {@link RawRpc}, with the messages that the SDK sends: what a service written on jnats by hand
 * does at least. Still no headers and no deadline.
 */
public final class RawProtobufRpc implements Service {
  private static final String SUBJECT = "raw.protobuf.echo";
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @Override
  public Server serve(String natsUrl) throws Exception {
    return JnatsServer.start(
        natsUrl,
        SUBJECT,
        (connection, message) -> connection.publish(message.getReplyTo(), answer(message)));
  }

  private static byte[] answer(Message message) {
    try {
      return Echo.answer(EchoRequest.parseFrom(message.getData())).toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Client connect(String address) throws Exception {
    Connection connection = Nats.connect(address);
    return Client.of(connection, bytes -> new ProtobufTarget(connection, Echo.request(bytes)));
  }

  private record ProtobufTarget(Connection connection, EchoRequest request) implements Target {
    @Override
    public void call() throws Exception {
      Message reply = connection.request(SUBJECT, request.toByteArray(), TIMEOUT);
      if (reply == null) {
        throw new TimeoutException("no answer");
      }
      var unused = EchoResponse.parseFrom(reply.getData());
    }

    @Override
    public CompletionStage<?> begin() {
      return connection
          .request(SUBJECT, request.toByteArray())
          .thenApply(reply -> {
            try {
              return EchoResponse.parseFrom(reply.getData());
            } catch (InvalidProtocolBufferException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }
}
