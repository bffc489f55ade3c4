package io.bodybroker.bench.stream;

import com.google.protobuf.UnsafeByteOperations;
import io.bodybroker.bench.ends.GrpcEnds;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.v1.CountRequest;
import io.bodybroker.bench.v1.CountResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;

/** gRPC-Java's server streaming, from process to process without a broker. */
public final class GrpcStream implements Service {
  private static final MethodDescriptor<CountRequest, CountResponse> COUNT =
      GrpcEnds.method(
          MethodType.SERVER_STREAMING,
          "Count",
          CountRequest.getDefaultInstance(),
          CountResponse.getDefaultInstance());

  @Override
  public Server serve(String natsUrl) throws IOException {
    return GrpcEnds.serve(COUNT, ServerCalls.asyncServerStreamingCall(GrpcStream::count));
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
    return GrpcEnds.connect(address, GrpcStream::target);
  }

  private static StreamTarget target(ManagedChannel channel, int bytes) {
    var request = StreamTarget.request(bytes);
    return () -> read(channel, request);
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
