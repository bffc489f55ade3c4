package io.bodybroker.bench.rpc;

import io.bodybroker.bench.ends.GrpcEnds;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import io.bodybroker.bench.v1.EchoRequest;
import io.bodybroker.bench.v1.EchoResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** gRPC-Java, unary, from process to process without a broker. */
public final class GrpcRpc implements Service {
  private static final MethodDescriptor<EchoRequest, EchoResponse> ECHO =
      GrpcEnds.method(
          MethodType.UNARY,
          "Echo",
          EchoRequest.getDefaultInstance(),
          EchoResponse.getDefaultInstance());

  @Override
  public Server serve(String natsUrl) throws IOException {
    return GrpcEnds.serve(ECHO, ServerCalls.asyncUnaryCall(GrpcRpc::echo));
  }

  private static void echo(EchoRequest request, StreamObserver<EchoResponse> observer) {
    observer.onNext(Echo.answer(request));
    observer.onCompleted();
  }

  @Override
  public Client connect(String address) {
    return GrpcEnds.connect(
        address, (channel, bytes) -> new EchoTarget(channel, Echo.request(bytes)));
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
