package io.bodybroker.bench.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import io.bodybroker.bench.v1.EchoRequest;
import io.bodybroker.bench.v1.EchoResponse;
import io.nats.client.Connection;
import io.nats.client.Message;
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
    Connection connection = RawRpc.connection(natsUrl);
    connection
        .createDispatcher(message -> connection.publish(message.getReplyTo(), answer(message)))
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

  private static byte[] answer(Message message) {
    try {
      var request = EchoRequest.parseFrom(message.getData());
      return EchoResponse.newBuilder().setPayload(request.getPayload()).build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Client connect(String address) throws Exception {
    Connection connection = RawRpc.connection(address);
    return new Client() {
      @Override
      public Target target(int bytes) {
        var request =
            EchoRequest.newBuilder()
                .setPayload(UnsafeByteOperations.unsafeWrap(new byte[bytes]))
                .build();
        return new ProtobufTarget(connection, request);
      }

      @Override
      public void close() throws Exception {
        connection.close();
      }
    };
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
