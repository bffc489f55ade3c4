package io.bodybroker.bench.rpc;

import com.google.protobuf.UnsafeByteOperations;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import io.bodybroker.bench.v1.EchoRequest;
import io.bodybroker.bench.v1.EchoResponse;
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
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** gRPC-Java, unary, from process to process without a broker. */
public final class GrpcRpc implements Service {
  private static final String SERVICE = "bodybroker.bench.v1.Echo";
  private static final MethodDescriptor<EchoRequest, EchoResponse> ECHO =
      MethodDescriptor.<EchoRequest, EchoResponse>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Echo"))
          .setRequestMarshaller(ProtoUtils.marshaller(EchoRequest.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(EchoResponse.getDefaultInstance()))
          .build();

  @Override
  public Server serve(String natsUrl) throws Exception {
    var echo =
        ServerServiceDefinition.builder(SERVICE)
            .addMethod(ECHO, ServerCalls.asyncUnaryCall(GrpcRpc::echo))
            .build();
    var server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(echo)
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

  private static void echo(EchoRequest request, StreamObserver<EchoResponse> observer) {
    observer.onNext(EchoResponse.newBuilder().setPayload(request.getPayload()).build());
    observer.onCompleted();
  }

  @Override
  public Client connect(String address) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
    return new Client() {
      @Override
      public Target target(int bytes) {
        var request =
            EchoRequest.newBuilder()
                .setPayload(UnsafeByteOperations.unsafeWrap(new byte[bytes]))
                .build();
        return new EchoTarget(channel, request);
      }

      @Override
      public void close() {
        channel.shutdownNow();
      }
    };
  }

  private record EchoTarget(ManagedChannel channel, EchoRequest request) implements Target {
    private CallOptions options() {
      return CallOptions.DEFAULT.withDeadlineAfter(2, TimeUnit.SECONDS);
    }

    @Override
    public void call() {
      var unused = ClientCalls.blockingUnaryCall(channel, ECHO, options(), request);
    }

    @Override
    public CompletionStage<?> begin() {
      var answer = new CompletableFuture<EchoResponse>();
      ClientCalls.asyncUnaryCall(
          channel.newCall(ECHO, options()),
          request,
          new StreamObserver<>() {
            @Override
            public void onNext(EchoResponse response) {
              answer.complete(response);
            }

            @Override
            public void onError(Throwable error) {
              answer.completeExceptionally(error);
            }

            @Override
            public void onCompleted() {}
          });
      return answer;
    }
  }
}
