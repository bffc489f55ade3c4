package io.bodybroker.bench.stream;

import com.google.protobuf.UnsafeByteOperations;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import io.bodybroker.bench.v1.CountRequest;
import io.bodybroker.bench.v1.CountResponse;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** gRPC-Java's server streaming, from process to process without a broker. */
public final class GrpcStream implements Service {
  private static final String SERVICE = "bodybroker.bench.v1.Echo";
  private static final MethodDescriptor<CountRequest, CountResponse> COUNT =
      MethodDescriptor.<CountRequest, CountResponse>newBuilder()
          .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
          .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Count"))
          .setRequestMarshaller(ProtoUtils.marshaller(CountRequest.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(CountResponse.getDefaultInstance()))
          .build();

  @Override
  public Server serve(String natsUrl) throws Exception {
    var count =
        ServerServiceDefinition.builder(SERVICE)
            .addMethod(COUNT, ServerCalls.asyncServerStreamingCall(GrpcStream::count))
            .build();
    var server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(count)
            .build()
            .start();
    return new Server() {
      @Override
      public String address() {
        return "127.0.0.1:" + server.getPort();
      }

      @Override
      public void close() {
        server.shutdownNow();
      }
    };
  }

  /** As gRPC's examples of manual flow control do: sends while the transport takes more. */
  private static void count(CountRequest request, StreamObserver<CountResponse> observer) {
    var responses = (ServerCallStreamObserver<CountResponse>) observer;
    var response =
        CountResponse.newBuilder()
            .setPayload(UnsafeByteOperations.unsafeWrap(new byte[request.getBytes()]))
            .build();
    responses.setOnReadyHandler(
        new Runnable() {
          private int sent;

          @Override
          public void run() {
            while (sent < request.getMessages() && responses.isReady()) {
              responses.onNext(response);
              sent++;
              if (sent == request.getMessages()) {
                responses.onCompleted();
              }
            }
          }
        });
  }

  @Override
  public Client connect(String address) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
    return new Client() {
      @Override
      public Target target(int bytes) {
        var request =
            CountRequest.newBuilder().setMessages(StreamTarget.MESSAGES).setBytes(bytes).build();
        return (StreamTarget) () -> read(channel, request);
      }

      @Override
      public void close() {
        channel.shutdownNow();
      }
    };
  }

  private static void read(ManagedChannel channel, CountRequest request) {
    int received = 0;
    var responses =
        ClientCalls.blockingServerStreamingCall(channel, COUNT, CallOptions.DEFAULT, request);
    while (responses.hasNext()) {
      responses.next();
      received++;
    }
    StreamTarget.requireAll(received);
  }
}
