package io.bodybroker.bench.gateway;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.v1.EchoContract;
import io.bodybroker.bench.v1.PutDocumentsRequest;
import io.bodybroker.bench.v1.PutDocumentsResponse;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Armeria's transcoding from HTTP and JSON to a gRPC service in the same process: no broker, no
 * second process, no hand-over to another thread.
 */
public final class ArmeriaTranscoding implements Service {
  @Override
  public Server serve(String natsUrl) {
    var grpc = GrpcService.builder().addService(echo()).enableHttpJsonTranscoding(true).build();
    var server =
        com.linecorp.armeria.server.Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .service(grpc)
            .build();
    server.start().join();
    return Server.of(
        "127.0.0.1:" + server.activeLocalPort(SessionProtocol.HTTP), () -> server.stop().join());
  }

  @Override
  public Client connect(String address) {
    return HttpLoad.onDocuments(address);
  }

  private static ServerServiceDefinition echo() {
    var schema = new Schema();
    var put =
        MethodDescriptor.<PutDocumentsRequest, PutDocumentsResponse>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(
                MethodDescriptor.generateFullMethodName(
                    schema.getServiceDescriptor().getFullName(),
                    schema.getMethodDescriptor().getName()))
            .setRequestMarshaller(ProtoUtils.marshaller(PutDocumentsRequest.getDefaultInstance()))
            .setResponseMarshaller(ProtoUtils.marshaller(PutDocumentsResponse.getDefaultInstance()))
            .setSchemaDescriptor(schema)
            .build();
    var service =
        ServiceDescriptor.newBuilder(schema.getServiceDescriptor().getFullName())
            .setSchemaDescriptor(schema)
            .addMethod(put)
            .build();
    return ServerServiceDefinition.builder(service)
        .addMethod(put, ServerCalls.asyncUnaryCall(ArmeriaTranscoding::put))
        .build();
  }

  private static void put(
      PutDocumentsRequest request, StreamObserver<PutDocumentsResponse> observer) {
    observer.onNext(
        PutDocumentsResponse.newBuilder()
            .setShelfId(request.getShelfId())
            .addAllDocuments(request.getDocumentsList())
            .build());
    observer.onCompleted();
  }

  /** What gRPC's generated code would say of the contract. */
  private static final class Schema
      implements ProtoFileDescriptorSupplier,
          ProtoServiceDescriptorSupplier,
          ProtoMethodDescriptorSupplier {
    @Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return EchoContract.PUT_DOCUMENTS.descriptor();
    }

    @Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getMethodDescriptor().getService();
    }

    @Override
    public FileDescriptor getFileDescriptor() {
      return getMethodDescriptor().getFile();
    }
  }
}
