package io.bodybroker.bench.scale;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.bodybroker.bench.rpc.Echo;
import io.bodybroker.bench.v1.EchoOuterClass;
import io.bodybroker.bench.v1.EchoRequest;
import io.bodybroker.bench.v1.EchoResponse;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceBinding;
import io.bodybroker.sdk.rpc.ServiceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Contracts that differ in their names alone, each method an echo: as generated code would have
 * them, with a subject, a queue group, meters and an entry in discovery of their own.
 */
final class ManyContracts {
  /** What is served by one of them. */
  record Contract(ServiceContract contract, List<RpcMethod<EchoRequest, EchoResponse>> methods) {
    ServiceBinding binding() {
      var binding = ServiceBinding.of(contract);
      for (RpcMethod<EchoRequest, EchoResponse> method : methods) {
        binding.unary(method, (request, call) -> Echo.answer(request));
      }
      return binding.build();
    }
  }

  private ManyContracts() {}

  static List<Contract> of(int services, int methodsEach) {
    var contracts = new ArrayList<Contract>();
    for (int i = 0; i < services; i++) {
      contracts.add(contract(String.format(Locale.ROOT, "Scaled%02d", i), methodsEach));
    }
    return contracts;
  }

  private static Contract contract(String name, int methods) {
    var service = file(name, methods).findServiceByName(name);
    var typed = new ArrayList<RpcMethod<EchoRequest, EchoResponse>>();
    for (MethodDescriptor method : service.getMethods()) {
      typed.add(
          RpcMethod.unary(
              method, EchoRequest.getDefaultInstance(), EchoResponse.getDefaultInstance()));
    }
    return new Contract(ServiceContract.of(service, typed.toArray(RpcMethod<?, ?>[]::new)), typed);
  }

  private static FileDescriptor file(String name, int methods) {
    var echo = EchoOuterClass.getDescriptor();
    var service = ServiceDescriptorProto.newBuilder().setName(name);
    for (int i = 0; i < methods; i++) {
      service.addMethod(
          MethodDescriptorProto.newBuilder()
              .setName(String.format(Locale.ROOT, "Echo%04d", i))
              .setInputType("." + EchoRequest.getDescriptor().getFullName())
              .setOutputType("." + EchoResponse.getDescriptor().getFullName())
              .setOptions(
                  MethodOptions.newBuilder()
                      .setIdempotencyLevel(MethodOptions.IdempotencyLevel.NO_SIDE_EFFECTS)));
    }
    var file =
        FileDescriptorProto.newBuilder()
            .setName("bodybroker/bench/scale/v1/%s.proto".formatted(name))
            .setPackage("bodybroker.bench.scale.v1")
            .setSyntax("proto3")
            .addDependency(echo.getFullName())
            .addService(service)
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[] {echo});
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
