package io.bodybroker.bench.ends;

import com.google.protobuf.Message;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.load.Target;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.BiFunction;

/** Both ends of a method by gRPC-Java with its defaults, without a broker and without TLS. */
public final class GrpcEnds {
  private static final String SERVICE = "bodybroker.bench.v1.Echo";

  private GrpcEnds() {}

  /** What gRPC's generated code would say of a method of the contract. */
  public static <I extends Message, O extends Message> MethodDescriptor<I, O> method(
      MethodType type, String name, I request, O response) {
    return MethodDescriptor.<I, O>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(response))
        .build();
  }

  /** Serves the method on a free port. */
  public static <I, O> Service.Server serve(
      MethodDescriptor<I, O> method, ServerCallHandler<I, O> handler) throws IOException {
    var server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(ServerServiceDefinition.builder(SERVICE).addMethod(method, handler).build())
            .build()
            .start();
    return Service.Server.of("127.0.0.1:" + server.getPort(), server::shutdownNow);
  }

  /**
   * Calls on a channel of its own.
   *
   * @param target what is called with so many bytes
   */
  public static Service.Client connect(
      String address, BiFunction<ManagedChannel, Integer, Target> target) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
    return Service.Client.of(channel::shutdownNow, bytes -> target.apply(channel, bytes));
  }
}
